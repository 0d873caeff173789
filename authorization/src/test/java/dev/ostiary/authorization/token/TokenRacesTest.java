package dev.ostiary.authorization.token;

import static dev.ostiary.authorization.token.FakeTokenServer.CODE;
import static dev.ostiary.authorization.token.FakeTokenServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.http.Reply;
import dev.ostiary.requirements.Requirement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;

class TokenRacesTest {
  private static final int MANY = 64;

  private final FakeTokenServer server = new FakeTokenServer();

  @RepeatedTest(5)
  @Requirement({"R-11", "R-10", "R-9"})
  void oneOfManyExchangesOfACodeWinsAndItsGrantThenEnds() throws Exception {
    server.signedIn("g1", "oc_1", CODE);

    List<Reply> replies = atOnce(() -> server.exchange(Map.of()));

    assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
    assertThat(replies)
        .filteredOn(reply -> reply.status() != 200)
        .hasSize(MANY - 1)
        .allSatisfy(reply -> assertThat(text(reply, "error")).isEqualTo("invalid_grant"));
    assertThat(server.isInForce("g1")).isFalse();
    assertThat(server.audit.events(AuditEvent.CodeRedeemed.class)).hasSize(1);
    assertThat(server.audit.events(AuditEvent.CodeReplayed.class)).isNotEmpty();
    assertThat(server.audit.events(AuditEvent.GrantEnded.class))
        .extracting(AuditEvent.GrantEnded::reason)
        .containsExactly(EndReason.CODE_REPLAYED);
  }

  @RepeatedTest(5)
  void manyRefreshesOfATokenGetTheSameSuccessorAndItWorks() throws Exception {
    String token = server.refreshToken();

    List<Reply> replies = atOnce(() -> server.refresh(token, Map.of()));

    assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(200));
    List<String> successors =
        replies.stream().map(reply -> text(reply, "refresh_token")).distinct().toList();
    assertThat(successors).hasSize(1);
    assertThat(replies.stream().map(reply -> text(reply, "access_token")).distinct()).hasSize(MANY);
    assertThat(server.audit.events(AuditEvent.RefreshRotated.class)).hasSize(1);
    assertThat(server.audit.events(AuditEvent.RefreshRepeated.class)).hasSize(MANY - 1);
    assertThat(server.refresh(successors.getFirst(), Map.of()).status()).isEqualTo(200);
  }

  private static List<Reply> atOnce(Callable<Reply> call) throws Exception {
    var barrier = new CyclicBarrier(MANY);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reply>> replies =
          IntStream.range(0, MANY)
              .mapToObj(
                  _ ->
                      executor.submit(
                          () -> {
                            barrier.await();
                            return call.call();
                          }))
              .toList();
      return replies.stream().map(TokenRacesTest::get).toList();
    }
  }

  private static Reply get(Future<Reply> reply) {
    try {
      return reply.get();
    } catch (InterruptedException | ExecutionException failed) {
      throw new AssertionError(failed);
    }
  }
}
