package dev.ostiary.gateway.foreign;

import static dev.ostiary.gateway.foreign.FakeAuthorizationServer.INTROSPECT;
import static dev.ostiary.gateway.foreign.FakeAuthorizationServer.ISSUER;
import static dev.ostiary.gateway.foreign.FakeAuthorizationServer.NOW;
import static dev.ostiary.gateway.foreign.FakeAuthorizationServer.RESOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.token.VerifiedToken;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.token.AccessTokenRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Opaque access tokens of a foreign authorization server. */
final class ForeignIntrospectionTest {
  private static final String GOOD =
      """
      "active": true, "sub": "user-1", "client_id": "app", "scope": "files:read",
      """;

  private final FakeAuthorizationServer there = new FakeAuthorizationServer();

  private static String active(String more) {
    return "{" + GOOD + more + "}";
  }

  private static String audience() {
    return "\"aud\": \"" + RESOURCE + "\"";
  }

  private Result<VerifiedToken, AccessTokenRefusal> verify(String answer) {
    there.answer(INTROSPECT, Reply.json(200, answer));
    return there.introspected().source().verifier().verify("opaque");
  }

  private static VerifiedToken good(Result<VerifiedToken, AccessTokenRefusal> result) {
    assertThat(result).isInstanceOf(Result.Ok.class);
    return ((Result.Ok<VerifiedToken, AccessTokenRefusal>) result).value();
  }

  private static void assertRefused(
      Result<VerifiedToken, AccessTokenRefusal> result, AccessTokenRefusal reason) {
    assertThat(result).isEqualTo(Result.refused(reason));
  }

  @Test
  void isAskedAboutAsRfc7662Has() {
    VerifiedToken token =
        good(verify(active(audience() + ", \"exp\": " + (NOW.getEpochSecond() + 300))));

    assertThat(token.caller().subject().value()).isEqualTo("user-1");
    assertThat(token.caller().scopes()).isEqualTo(Scopes.of("files:read"));
    assertThat(token.expiresAt()).isEqualTo(NOW.plusSeconds(300));
    assertThat(token.checkAgainAt()).isEqualTo(NOW.plusSeconds(60));
    assertThat(there.form()).isEqualTo("token=opaque&token_type_hint=access_token");
    assertThat(there.requests.getLast().headers().first("Authorization"))
        .contains("Basic Z2F0ZSUzQXdheTpzKzM="); // gate%3Away:s+3
  }

  @Test
  void isCachedNoLongerThanItIsGood() {
    VerifiedToken token =
        good(verify(active(audience() + ", \"exp\": " + (NOW.getEpochSecond() + 5))));

    assertThat(token.checkAgainAt()).isEqualTo(NOW.plusSeconds(5));
  }

  @Test
  void maySayNothingOfItsEnd() {
    VerifiedToken token = good(verify(active(audience())));

    assertThat(token.checkAgainAt()).isEqualTo(NOW.plusSeconds(60));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"https://other.example\", \"https://mcp.example.com/docs/mcp\"]",
        "\"https://mcp.example.com/docs/mcp\""
      })
  void hasItsAudienceAsTextOrList(String value) {
    good(verify(active("\"aud\": " + value)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"aud\": \"https://mcp.example.com/other/mcp\" | WRONG_AUDIENCE",
        "\"aud\": [] | WRONG_AUDIENCE",
        "\"x\": 1 | WRONG_AUDIENCE",
        "\"aud\": \"https://mcp.example.com/docs/mcp\", \"iss\": \"https://login.example\" |"
            + " WRONG_ISSUER",
        "\"aud\": \"https://mcp.example.com/docs/mcp\", \"exp\": 1000 | EXPIRED",
        "\"aud\": \"https://mcp.example.com/docs/mcp\", \"nbf\": 9999999999 | EXPIRED",
        "\"aud\": \"https://mcp.example.com/docs/mcp\", \"cnf\": {\"jkt\": \"x\"} | MALFORMED",
      })
  void isHeldToTheSameRules(String more, AccessTokenRefusal reason) {
    assertRefused(verify(active(more)), reason);
  }

  @Test
  void mayNameItsIssuer() {
    good(verify(active(audience() + ", \"iss\": \"" + ISSUER + "\"")));
  }

  @Test
  void isRefusedWithoutUserOrClient() {
    assertRefused(
        verify("{\"active\": true, \"client_id\": \"app\", " + audience() + "}"),
        AccessTokenRefusal.MALFORMED);
    assertRefused(
        verify("{\"active\": true, \"sub\": \"user-1\", " + audience() + "}"),
        AccessTokenRefusal.MALFORMED);
  }

  @Test
  void isRememberedForAMomentIfItIsNoGood() {
    there.answer(INTROSPECT, Reply.json(200, "{\"active\": false}"));
    var verifier = there.introspected().source().verifier();

    assertRefused(verifier.verify("opaque"), AccessTokenRefusal.REVOKED);
    assertRefused(verifier.verify("opaque"), AccessTokenRefusal.REVOKED);
    assertThat(there.asked(INTROSPECT)).isEqualTo(1);

    there.answer(INTROSPECT, Reply.json(200, active(audience())));
    there.now = NOW.plus(IntrospectionVerifier.REFUSED);
    good(verifier.verify("opaque"));
    assertThat(there.asked(INTROSPECT)).isEqualTo(2);
  }

  @Test
  void isAskedAboutOnceByManyAtTheSameTime() throws Exception {
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    there.places.put(INTROSPECT, _ -> answer);
    var verifier = there.introspected().source().verifier();
    List<Future<Result<VerifiedToken, AccessTokenRefusal>>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        all.add(threads.submit(() -> verifier.verify("opaque")));
      }
      while (there.asked(INTROSPECT) == 0) {
        Thread.onSpinWait();
      }
      answer.complete(Reply.json(200, "{\"active\": false}"));
      for (var each : all) {
        assertRefused(each.get(), AccessTokenRefusal.REVOKED);
      }
    }
    assertThat(there.asked(INTROSPECT)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 429, 500, 503, 302})
  void cannotBeCheckedWhileTheEndpointAnswersOtherwise(int status) {
    there.answer(INTROSPECT, Reply.json(status, "{\"error\":\"invalid_client\"}"));
    var verifier = there.introspected().source().verifier();

    assertRefused(verifier.verify("opaque"), AccessTokenRefusal.UNAVAILABLE);
    assertThat(there.log).singleElement().asString().contains(INTROSPECT, Integer.toString(status));

    there.answer(INTROSPECT, Reply.json(200, active(audience())));
    good(verifier.verify("opaque"));
  }

  @Test
  void cannotBeCheckedWithWrongCredentialsAndTheLogSaysSo() {
    there.answer(INTROSPECT, Reply.json(401, "{}"));
    assertRefused(
        there.introspected().source().verifier().verify("opaque"), AccessTokenRefusal.UNAVAILABLE);

    assertThat(there.log).singleElement().asString().contains("introspection.client-id");
    assertThat(there.log).noneMatch(line -> line.contains("s 3") || line.contains("s+3"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no",
        "[]",
        "{}",
        "{\"active\": \"true\"}",
        "{\"active\": 1}",
        "{\"active\": true, \"exp\": \"soon\"}",
        "{\"active\": true, \"active\": true}"
      })
  void cannotBeCheckedWithGarbage(String answer) {
    assertRefused(verify(answer), AccessTokenRefusal.UNAVAILABLE);
  }

  @Test
  void cannotBeCheckedWithoutAnEndpoint() {
    there.answer(
        FakeAuthorizationServer.METADATA, Reply.json(200, "{\"issuer\": \"" + ISSUER + "\"}"));

    assertRefused(verify(active(audience())), AccessTokenRefusal.UNAVAILABLE);
    assertThat(there.log).singleElement().asString().contains("names no introspection_endpoint");
  }

  @Test
  void cannotBeCheckedInTime() {
    there.hang(INTROSPECT);

    assertRefused(
        there.introspected().source().verifier().verify("opaque"), AccessTokenRefusal.UNAVAILABLE);
  }
}
