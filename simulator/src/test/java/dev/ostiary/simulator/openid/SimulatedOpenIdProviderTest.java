package dev.ostiary.simulator.openid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Body;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.simulator.http.Json;
import dev.ostiary.simulator.settings.Person;
import java.net.InetAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a browser and a client see of the simulated provider. */
final class SimulatedOpenIdProviderTest {
  private static final String CALLBACK = "https://app.example/callback";
  private static final String ASKED =
      "response_type=code&client_id=app&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback"
          + "&scope=openid+email+offline_access&state=s1&nonce=n1";

  private final SimulatedOpenIdProvider provider =
      new SimulatedOpenIdProvider(
          OpenIdProviderSettings.of(
              new OpenIdClient(
                  "app", "secret", null, List.of(CALLBACK), List.of("https://app.example/bye"))),
          InstantSource.system());

  @BeforeEach
  void listen() {
    provider.at(URI.create("https://login.example"));
  }

  @Test
  void asksWhoItIsAndThenForApproval() {
    assertThat(text(get("/authorize", ASKED)))
        .contains("Sign in as octocat", "Sign in as mona", "Simulated identity provider");

    String approval = text(post("/authorize", ASKED + "&login=mona"));
    assertThat(approval).contains("mona@acme.example", "Approve", "Cancel");

    assertThat(location(post("/authorize", ASKED + "&login=mona&decision=cancel")))
        .startsWith(CALLBACK + "?error=access_denied&state=s1");
    assertThat(location(post("/authorize", ASKED + "&login=mona&decision=approve")))
        .startsWith(CALLBACK + "?code=")
        .contains("&state=s1&iss=https%3A%2F%2Flogin.example");
  }

  @Test
  void sendsNobodyToAnAddressThatIsNotRegistered() {
    Reply reply = get("/authorize", ASKED.replace("callback", "other"));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.headers().has("Location")).isFalse();
    assertThat(get("/authorize", ASKED.replace("client_id=app", "client_id=x")).status())
        .isEqualTo(400);
  }

  @Test
  void givesTokensForACodeOnceAndRotatesRefreshTokens() {
    provider.person(Person.approving("mona"));
    String code = location(get("/authorize", ASKED)).replaceFirst(".*[?]code=([^&]*)&.*", "$1");
    String form =
        "grant_type=authorization_code&client_id=app&client_secret=secret&redirect_uri="
            + "https%3A%2F%2Fapp.example%2Fcallback&code="
            + code;

    JsonNode tokens = json(post("/token", form));
    assertThat(tokens.path("id_token").asString()).hasSizeGreaterThan(100);
    assertThat(json(post("/token", form)).path("error").asString()).isEqualTo("invalid_grant");

    String refresh =
        "grant_type=refresh_token&client_id=app&client_secret=secret&refresh_token="
            + tokens.path("refresh_token").asString();
    assertThat(post("/token", refresh).status()).isEqualTo(200);
    assertThat(post("/token", refresh).status()).isEqualTo(400);
    assertThat(post("/token", refresh.replace("secret=secret", "secret=x")).status())
        .isEqualTo(401);
  }

  @Test
  void endsSessionsOnlyTowardsARegisteredAddress() {
    assertThat(
            location(
                get(
                    "/end-session",
                    "client_id=app&post_logout_redirect_uri=https%3A%2F%2Fapp.example%2Fbye")))
        .isEqualTo("https://app.example/bye");
    assertThat(
            get("/end-session", "client_id=app&post_logout_redirect_uri=https%3A%2F%2Fevil.example")
                .status())
        .isEqualTo(400);
  }

  private Reply get(String path, String query) {
    return call("GET", path, query, "");
  }

  private Reply post(String path, String form) {
    return call("POST", path, "", form);
  }

  private Reply call(String method, String path, String query, String form) {
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    Request request =
        new Request(
            "call",
            method,
            path,
            query,
            Headers.of("Content-Type", "application/x-www-form-urlencoded"),
            Body.utf8(form),
            InetAddress.getLoopbackAddress());
    provider.serve(new Call(request, answer));
    return answer.join();
  }

  private record Call(Request request, CompletableFuture<Reply> answer) implements Exchange {
    @Override
    public void reply(Reply reply) {
      answer.complete(reply);
    }

    @Override
    public void onAbort(Runnable action) {}
  }

  private static String location(Reply reply) {
    return reply.headers().first("Location").orElseThrow();
  }

  private static String text(Reply reply) {
    return ((Body.Whole) reply.body()).utf8();
  }

  private static JsonNode json(Reply reply) {
    return Json.read(((Body.Whole) reply.body()).bytes()).orElseThrow();
  }
}
