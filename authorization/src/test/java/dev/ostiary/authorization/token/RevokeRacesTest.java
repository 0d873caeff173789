package dev.ostiary.authorization.token;

import static dev.ostiary.authorization.FakeTokens.pair;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.FakeTokens;
import dev.ostiary.authorization.FakeTokens.Pair;
import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.http.Reply;
import dev.ostiary.requirements.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;

class RevokeRacesTest {
  private static final int MANY = 32;

  private final FakeTokens server = new FakeTokens();

  @RepeatedTest(5)
  @Requirement("R-26")
  void nothingSurvivesThatWasRefreshedWhileItWasRevoked() throws Exception {
    Pair pair = server.signedIn("g1", "oc_1");
    List<Future<Reply>> refreshed = new ArrayList<>();
    List<Future<Reply>> revoked = new ArrayList<>();
    var start = new CyclicBarrier(2 * MANY);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < MANY; i++) {
        refreshed.add(
            threads.submit(
                () -> {
                  start.await();
                  return server.refresh("oc_1", pair.refresh());
                }));
        revoked.add(
            threads.submit(
                () -> {
                  start.await();
                  return server.revoke("oc_1", pair.refresh());
                }));
      }
    }

    for (Future<Reply> reply : revoked) {
      assertThat(reply.get().status()).isEqualTo(200);
    }
    for (Future<Reply> reply : refreshed) {
      assertThat(reply.get().status()).isIn(200, 400);
      if (reply.get().status() == 200) {
        Pair late = pair(reply.get());
        assertThat(server.isGood(late.access())).isFalse();
        assertThat(server.refresh("oc_1", late.refresh()).status()).isEqualTo(400);
      }
    }
    assertThat(server.isInForce("g1")).isFalse();
    assertThat(server.audit.events(AuditEvent.GrantEnded.class)).hasSize(1);
  }
}
