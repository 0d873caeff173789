package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawBackend.Heard;
import dev.ostiary.gateway.RawBackend.Peer;
import dev.ostiary.gateway.RawCaller.Said;
import dev.ostiary.gateway.call.AllowedUsers;
import dev.ostiary.gateway.credential.BackendCredential;
import dev.ostiary.gateway.credential.BackendCredential.Answer;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Headers;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a backend is shown, and what follows when it is not content. */
final class BackendCredentialTest extends BehindGateway {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private CompletionStage<Answer> first = fields("Bearer first");
  private CompletionStage<Answer> renewed = fields("Bearer second");

  @BeforeEach
  void show() throws IOException {
    BackendCredential credential =
        new BackendCredential() {
          @Override
          public CompletionStage<Answer> fields(Caller caller) {
            asked.add("fields for " + caller.subject().value());
            return first;
          }

          @Override
          public boolean isPersonal() {
            return false;
          }

          @Override
          public CompletionStage<Answer> renewed(Caller caller, Headers refused) {
            asked.add("renewed after " + refused.first("Authorization").orElse(""));
            return renewed;
          }
        };
    restart(
        LiveGateway.settings(docs.uri()),
        new LiveGateway.Variation(credential, AllowedUsers.EVERYONE));
  }

  @Test
  void isAddedToTheCall() throws IOException {
    RawCaller caller = modern("tools/list", "baggage: theirs");
    Peer peer = accept();
    Heard heard = peer.hear();
    peer.json(200, OK);

    assertThat(caller.answer().status()).isEqualTo(200);
    assertThat(heard.field("Authorization")).isEqualTo("Bearer first");
    assertThat(heard.field("baggage")).isEqualTo("ours");
    assertThat(asked).containsExactly("fields for github:1");
  }

  @Test
  void mayComeLaterAndFromElsewhere() throws IOException {
    CompletableFuture<Answer> coming = new CompletableFuture<>();
    first = coming;
    RawCaller caller = modern("tools/list");
    eventually(() -> !asked.isEmpty());
    coming.complete(new BackendCredential.Fields(Headers.of("Authorization", "Bearer late")));
    Peer peer = accept();

    assertThat(peer.hear().field("Authorization")).isEqualTo("Bearer late");
    peer.json(200, OK);
    assertThat(caller.answer().status()).isEqualTo(200);
  }

  @Test
  void isShownASecondTimeAtMostAfterA401() throws IOException {
    RawCaller caller = modern("tools/list");
    Peer peer = accept();
    Heard before = peer.hear();
    peer.say("HTTP/1.1 401 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").close();
    Peer again = accept();
    Heard after = again.hear();
    again.say("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n");

    Said said = caller.answer();

    assertThat(before.field("Authorization")).isEqualTo("Bearer first");
    assertThat(after.field("Authorization")).isEqualTo("Bearer second");
    assertThat(after.body()).isEqualTo(before.body());
    assertThat(said.status()).isEqualTo(502);
    assertThat(asked)
        .containsExactly(
            "fields for github:1", "renewed after Bearer first", "renewed after Bearer second");
  }

  @Test
  void mayTakeAnotherSignIn() throws IOException {
    renewed = CompletableFuture.completedStage(new BackendCredential.SignInAgain());
    RawCaller caller = modern("tools/list");
    acceptAndHear().say("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n");

    Said said = caller.answer();

    assertThat(said.status()).isEqualTo(401);
    assertThat(said.field("WWW-Authenticate")).contains("invalid_token");
  }

  @Test
  void mayNotBeThereAtPresent() throws IOException {
    first = CompletableFuture.completedStage(new BackendCredential.Unavailable());
    Said said = modern("tools/list").answer();
    assertThat(said.status()).isEqualTo(503);
    assertThat(said.field("Retry-After")).isEqualTo("5");

    first = CompletableFuture.failedStage(new IllegalStateException("broken"));
    assertThat(modern("tools/list").answer().status()).isEqualTo(503);
    assertThat(gateway.log.lines).contains("ERROR no credential for server docs");
  }

  private static CompletionStage<Answer> fields(String authorization) {
    return CompletableFuture.completedStage(
        new BackendCredential.Fields(
            Headers.of("Authorization", authorization, "Baggage", "ours")));
  }
}
