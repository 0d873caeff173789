package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.SampleGateway.Call;
import dev.ostiary.protocol.token.AccessTokenRefusal;
import dev.ostiary.requirements.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {
  private static final String METADATA =
      "resource_metadata=\"https://host/.well-known/oauth-protected-resource/mcp\"";
  private static final String EXPECTED_CHALLENGE = "Bearer " + METADATA + ", scope=\"read:user\"";

  private final SampleGateway sample = SampleGateway.direct();

  @Test
  @Requirement({"A-3", "A-5", "A-6", "A-19", "T-4"})
  void tellsAClientWithoutATokenWhereToSignIn() {
    FakeExchange answer = sample.send(Call.modern("tools/list", ""));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).isEqualTo(EXPECTED_CHALLENGE);
    assertThat(answer.text())
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32000,\"message\":\"Unauthorized:"
                + " Authentication required\"}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "DELETE", "PUT"})
  @Requirement({"A-3", "A-15"})
  void asksForATokenBeforeItSaysWhichMethodsAreServed(String method) {
    FakeExchange answer = sample.send(Call.of(method));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).isEqualTo(EXPECTED_CHALLENGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"expired", "revoked", "forged", "foreign", "unheard-of", "sibling"})
  @Requirement({"A-17", "A-18", "A-19"})
  void answersEveryBadTokenAlike(String token) {
    FakeExchange answer = sample.send(Call.modern("tools/list", "").token(token));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate"))
        .isEqualTo(
            "Bearer error=\"invalid_token\","
                + " error_description=\"The access token is not valid here, or no longer\", "
                + METADATA
                + ", scope=\"read:user\"");
    assertThat(answer.json().has("id")).isFalse();
  }

  @Test
  @Requirement("A-18")
  void admitsATokenToItsOwnServerOnly() {
    assertThat(sample.send(Call.modern("tools/list", "").token("sibling")).status()).isEqualTo(401);
    assertThat(
            sample.send(Call.modern("tools/list", "").token("sibling").path("/other/mcp")).status())
        .isEqualTo(200);
    assertThat(sample.send(Call.modern("tools/list", "").token("good").path("/other/mcp")).status())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer a b", "Bearer =", "Bearer ü", "Bearer a=b", "bearer \"good\""})
  @Requirement("A-26")
  void refusesAMalformedToken(String field) {
    FakeExchange answer = sample.send(Call.modern("tools/list", "").header("Authorization", field));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer error=\"invalid_request\"");
    assertThat(answer.code()).isEqualTo(-32600);
  }

  @Test
  @Requirement("A-26")
  void refusesTwoAuthorizations() {
    FakeExchange answer =
        sample.send(Call.modern("tools/list", "").token("good").header("authorization", "Basic x"));

    assertThat(answer.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bearer good", "BEARER  good", "Bearer good "})
  void readsTheSchemeWithoutRegardToCase(String field) {
    assertThat(sample.send(Call.modern("tools/list", "").header("Authorization", field)).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic Z29vZA==", "Bearer", "Bearer ", "bearer\t", ""})
  void takesAnotherSchemeOrAnEmptyOneForNoToken(String field) {
    FakeExchange answer = sample.send(Call.modern("tools/list", "").header("Authorization", field));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).isEqualTo(EXPECTED_CHALLENGE);
  }

  @Test
  @Requirement("A-16")
  void neverLooksAtTheQueryOrCookies() {
    FakeExchange answer =
        sample.send(
            Call.modern("tools/list", "")
                .query("access_token=good")
                .header("Cookie", "access_token=good"));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).isEqualTo(EXPECTED_CHALLENGE);
  }

  @Test
  @Requirement({"A-15", "T-25"})
  void remembersNoEarlierRequest() {
    assertThat(sample.send(Call.modern("tools/list", "").token("good")).status()).isEqualTo(200);
    assertThat(sample.send(Call.modern("tools/list", "")).status()).isEqualTo(401);
  }

  @Test
  @Requirement("A-17")
  void refusesAKnownTokenFromTheMomentItExpires() {
    assertThat(sample.send(Call.modern("tools/list", "").token("good")).status()).isEqualTo(200);
    sample.now = SampleGateway.NOW.plusSeconds(60);
    sample.verifier.refuses("good", AccessTokenRefusal.EXPIRED);

    assertThat(sample.send(Call.modern("tools/list", "").token("good")).status()).isEqualTo(401);
  }

  @Test
  void asksForPatienceWhenATokenCannotBeVerified() {
    FakeExchange answer = sample.send(Call.modern("tools/list", "").token("unknowable"));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("5");
    assertThat(answer.code()).isEqualTo(-32603);
  }

  @Test
  void verifiesATokenOnce() {
    for (int i = 0; i < 3; i++) {
      sample.send(Call.modern("tools/list", "").token("good"));
    }

    assertThat(sample.verifier.asked()).isEqualTo(1);
  }

  @Test
  void writesNoTokenToTheLog() {
    for (String token : List.of("good", "forged", "sibling", "poor")) {
      sample.send(Call.modernTool("whoami").token(token));
      sample.send(Call.modernTool("whoami").header("Authorization", "Bearer " + token + " x"));
    }

    assertThat(sample.log.lines).isNotEmpty();
    assertThat(sample.log.lines)
        .noneMatch(line -> line.contains("good") || line.contains("forged"))
        .allMatch(line -> line.startsWith("DEBUG request-1 github: "));
  }

  @Test
  void trustsNoTokenFromMemoryWhileNewsOfEndedGrantsCannotArrive() {
    assertThat(sample.send(Call.modern("tools/list", "").token("good")).status()).isEqualTo(200);

    sample.verifier.loseTouch();

    FakeExchange answer = sample.send(Call.modern("tools/list", "").token("good"));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("5");
  }
}
