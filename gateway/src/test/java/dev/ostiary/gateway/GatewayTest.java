package dev.ostiary.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.gateway.SampleGateway.Call;
import dev.ostiary.gateway.call.ServerRoute;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.http.Access;
import dev.ostiary.http.Body;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.token.AccessTokenRefusal;
import dev.ostiary.requirements.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GatewayTest {
  private static final String ROOT = "/.well-known/oauth-protected-resource";

  private final SampleGateway sample = SampleGateway.direct();

  @Nested
  class Metadata {
    @Test
    @Requirement({"A-1", "A-2", "A-4"})
    void isOneDocumentForEachServer() {
      assertThat(sample.gateway.metadata())
          .extracting(endpoint -> endpoint.route().path())
          .containsExactly(
              ROOT + "/mcp", ROOT + "/mcp/", ROOT + "/other/mcp", ROOT + "/other/mcp/");
      assertThat(text(get(sample.gateway, ROOT + "/mcp")))
          .isEqualTo(
              """
              {"resource":"https://host/mcp","authorization_servers":["https://host"],\
              "scopes_supported":["read:user"],"bearer_methods_supported":["header"],\
              "resource_name":"GitHub"}\
              """);
      assertThat(text(get(sample.gateway, ROOT + "/other/mcp")))
          .startsWith("{\"resource\":\"https://host/other/mcp\"");
    }

    @Test
    @Requirement({"A-3", "A-4"})
    void isAtTheRootTooIfThereIsOneServer() {
      Gateway alone = of(route("/mcp"));

      assertThat(text(get(alone, ROOT))).isEqualTo(text(get(alone, ROOT + "/mcp")));
    }

    @Test
    void isAtTheRootAloneForAServerAtTheRoot() {
      Gateway alone =
          of(
              new ServerRoute(
                  "all",
                  "All",
                  new Resource("https://host"),
                  "/",
                  Scopes.none(),
                  (_, reply) -> reply.accepted(),
                  Policy.everyCall(Scopes.none())));

      assertThat(alone.metadata())
          .extracting(endpoint -> endpoint.route().path())
          .containsExactly(ROOT);
      assertThat(alone.services()).containsOnlyKeys("/");
    }

    @Test
    void isForAnybodyOfAnyOrigin() {
      assertThat(sample.gateway.metadata())
          .allMatch(endpoint -> endpoint.access() == Access.ANYBODY)
          .allMatch(endpoint -> endpoint.route().crossOrigin());
    }

    @Test
    void mayBeKeptAndAskedForAgain() {
      Reply first = get(sample.gateway, ROOT + "/mcp");
      String etag = first.headers().first("ETag").orElseThrow();

      assertThat(first.headers().first("Content-Type")).contains("application/json");
      assertThat(first.headers().first("Cache-Control")).contains("public, max-age=300");
      for (String known : List.of(etag, "W/" + etag, "\"other\", " + etag, "*")) {
        Reply again =
            endpoint(sample.gateway, ROOT + "/mcp")
                .handle(Call.of("GET").header("If-None-Match", known).request());
        assertThat(again.status()).isEqualTo(304);
        assertThat(text(again)).isEmpty();
        assertThat(again.headers().first("ETag")).contains(etag);
      }
    }

    @Test
    void doesNotFollowTheHostHeader() {
      Reply reply =
          endpoint(sample.gateway, ROOT + "/mcp")
              .handle(Call.of("GET").header("Host", "evil.example.com").request());

      assertThat(text(reply)).isEqualTo(text(get(sample.gateway, ROOT + "/mcp")));
    }
  }

  @Nested
  class Services {
    @Test
    void listenWithAndWithoutASlashAtTheEnd() {
      assertThat(sample.gateway.services())
          .containsOnlyKeys("/mcp", "/mcp/", "/other/mcp", "/other/mcp/");
    }

    @Test
    void takeFourMebibytesByPost() {
      String empty = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";
      int limit = 4 * 1024 * 1024;

      assertThat(sample.send(Call.json(padded(empty, limit)).token("good")).status())
          .isEqualTo(200);
      FakeExchange larger = sample.send(Call.json(padded(empty, limit + 1)).token("good"));
      assertThat(larger.status()).isEqualTo(413);
      assertThat(larger.json().at("/error/message").asString()).contains("4194304 bytes");
    }

    private static String padded(String json, int length) {
      return json + " ".repeat(length - json.length());
    }

    @Test
    void havePathsOfTheirOwn() {
      assertThatThrownBy(() -> of(route("/mcp"), route("/mcp")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("two servers at /mcp");
    }
  }

  @Nested
  class EndingAGrant {
    @Test
    void forgetsItsTokensAtOnce() {
      assertThat(list("good")).isEqualTo(200);
      sample.verifier.refuses("good", AccessTokenRefusal.REVOKED);
      assertThat(list("good")).isEqualTo(200);

      sample.gateway.ended(FakeVerifier.grant("good"));

      assertThat(list("good")).isEqualTo(401);
    }

    @Test
    void leavesOthersAlone() {
      list("good");
      sample.gateway.ended(FakeVerifier.grant("broad"));
      list("good");

      assertThat(sample.verifier.asked()).isEqualTo(1);
    }

    @Test
    void whileItsTokenIsBeingVerifiedNeverLeavesItKnown() {
      sample.verifier.meanwhile(
          () -> {
            sample.gateway.ended(FakeVerifier.grant("good"));
            sample.verifier.refuses("good", AccessTokenRefusal.REVOKED);
          });

      assertThat(list("good")).isEqualTo(401);
      assertThat(list("good")).isEqualTo(401);
    }

    @Test
    void whileAnotherTokenIsBeingVerifiedOnlyMeansAskingAgain() {
      sample.verifier.meanwhile(() -> sample.gateway.ended(FakeVerifier.grant("broad")));

      assertThat(list("good")).isEqualTo(200);
      assertThat(list("good")).isEqualTo(200);
      assertThat(sample.verifier.asked()).isEqualTo(2);
    }

    @Test
    void inARaceWithManyCallsNeverLeavesAnyKnown() throws InterruptedException {
      for (int round = 0; round < 200; round++) {
        TokenRace race = new TokenRace();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          callers.add(Thread.ofVirtual().start(race::call));
        }
        race.end();
        for (Thread caller : callers) {
          caller.join();
        }

        assertThat(race.isAccepted()).as("round " + round).isFalse();
      }
    }

    private int list(String token) {
      return sample.send(Call.modern("tools/list", "").token(token)).status();
    }
  }

  private static Gateway of(ServerRoute... servers) {
    return new Gateway(
        new Issuer("https://host"),
        List.of(servers),
        new FakeVerifier(),
        Set.of(),
        Runnable::run,
        new Ticker(() -> SampleGateway.NOW, new SampleGateway.RecordingLog()),
        () -> SampleGateway.NOW,
        new SampleGateway.RecordingLog());
  }

  private static ServerRoute route(String path) {
    return new ServerRoute(
        "one",
        "One",
        new Resource("https://host" + path),
        path,
        Scopes.of("read:user"),
        (_, reply) -> reply.accepted(),
        Policy.everyCall(Scopes.none()));
  }

  private static Endpoint endpoint(Gateway gateway, String path) {
    return gateway.metadata().stream()
        .filter(endpoint -> endpoint.route().path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private static Reply get(Gateway gateway, String path) {
    return endpoint(gateway, path).handle(Call.of("GET").path(path).request());
  }

  private static String text(Reply reply) {
    return new String(((Body.Whole) reply.body()).bytes(), UTF_8);
  }
}
