package dev.ostiary.embed;

import dev.ostiary.authorization.client.assertion.AssertionPolicy;
import dev.ostiary.requirements.Requirement;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an assertion must say, each rule kept and broken. */
final class AssertionClaimsTest {
  private static final String TOKEN_ENDPOINT = AttackedOstiary.URL + "/token";

  private final SettableTime time = new SettableTime();
  private final AttackedOstiary ostiary = new AttackedOstiary(time, config -> config);
  private final KeyedClient client = KeyedClient.with(ostiary, time, SampleKeys.EC);

  AssertionClaimsTest() throws GeneralSecurityException {}

  @AfterEach
  void close() {
    ostiary.close();
  }

  @Test
  void provesAClientThatNamesItselfAgainOrNot() {
    KeyedClient.isProven(client.token(client.proof()));
    KeyedClient.isProven(client.token(Map.of("client_id", client.id), client.proof()));
  }

  @ParameterizedTest
  @CsvSource({"iss,client-assertion-issuer", "sub,client-assertion-subject"})
  void isOfTheClientItself(String claim, String reason) {
    KeyedClient other = KeyedClient.with(ostiary, time, SampleKeys.OTHER_EC);
    Map<String, String> named = Map.of("client_id", client.id);

    client.isRefused(client.token(named, sign(claim, other.id)), reason);
    client.isRefused(client.token(named, sign(claim, null)), reason);
    client.isRefused(client.token(named, sign(claim, "")), reason);
  }

  @Test
  void isNotOfAnotherClientThanTheFormNames() {
    KeyedClient other = KeyedClient.with(ostiary, time, SampleKeys.OTHER_EC);

    client.isRefused(
        client.token(Map.of("client_id", other.id), client.proof()), "client-assertion-issuer");
  }

  @Test
  void isNotBelievedBeforeItsSignatureIs() {
    KeyedClient other = KeyedClient.with(ostiary, time, SampleKeys.OTHER_EC);
    String forged = SampleAssertion.of(other.id, time.instant()).signedBy(SampleKeys.EC);

    other.isRefused(other.token(forged), "client-assertion-key-unknown");
  }

  @Test
  void isForTheIssuerAloneOrInAListOfOne() {
    KeyedClient.isProven(client.token(sign("aud", AttackedOstiary.URL)));
    KeyedClient.isProven(client.token(sign("aud", List.of(AttackedOstiary.URL))));
  }

  @Test
  void mayBeForTheTokenEndpointUntilThatIsSwitchedOff() {
    KeyedClient.isProven(client.token(sign("aud", TOKEN_ENDPOINT)));
    KeyedClient.isProven(client.token(sign("aud", List.of(TOKEN_ENDPOINT))));
    KeyedClient.isProven(client.token(sign("aud", List.of(AttackedOstiary.URL, TOKEN_ENDPOINT))));
  }

  @Test
  @Requirement("R-27")
  void isForNothingButTheIssuerOnceThatIsSwitchedOff() throws GeneralSecurityException {
    try (AttackedOstiary strict =
        new AttackedOstiary(
            time, config -> config.clientAssertions(new AssertionPolicy(true, false)))) {
      KeyedClient keyed = KeyedClient.with(strict, time, SampleKeys.EC);
      KeyedClient.isProven(keyed.token(keyed.proof()));
      KeyedClient.isProven(keyed.token(sign(keyed, "aud", List.of(AttackedOstiary.URL))));
      for (Object audience :
          List.of(
              TOKEN_ENDPOINT,
              List.of(TOKEN_ENDPOINT),
              List.of(AttackedOstiary.URL, TOKEN_ENDPOINT),
              List.of(AttackedOstiary.URL, AttackedOstiary.URL))) {
        keyed.isRefused(keyed.token(sign(keyed, "aud", audience)), "client-assertion-audience");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://mcp.example.com/",
        "https://mcp.example.com:443",
        "HTTPS://mcp.example.com",
        "https://mcp.example.com/token/",
        "https://mcp.example.com/revoke",
        "https://mcp.example.com/introspect",
        "https://mcp.example.com/mcp",
        "https://other.example",
      })
  void isForNobodyElse(String audience) {
    client.isRefused(client.token(sign("aud", audience)), "client-assertion-audience");
    client.isRefused(
        client.token(sign("aud", List.of(AttackedOstiary.URL, audience))),
        "client-assertion-audience");
  }

  @Test
  void isForSomebody() {
    client.isRefused(client.token(sign("aud", null)), "client-assertion-audience");
    client.isRefused(client.token(sign("aud", List.of())), "client-assertion-audience");
  }

  @ParameterizedTest
  @CsvSource({
    "exp,-59,",
    "exp,-60,client-assertion-expired",
    "exp,-3600,client-assertion-expired",
    "exp,360,",
    "exp,361,client-assertion-long-lived",
    "exp,31536000,client-assertion-long-lived",
    "nbf,60,",
    "nbf,61,client-assertion-not-yet-valid",
    "nbf,-3600,",
    "iat,60,",
    "iat,61,client-assertion-issued-in-the-future",
    "iat,-3600,",
  })
  void isForNowGiveOrTakeAMinute(String claim, long seconds, @Nullable String reason) {
    var reply = client.token(sign(claim, time.instant().getEpochSecond() + seconds));

    if (reason == null) {
      KeyedClient.isProven(reply);
    } else {
      client.isRefused(reply, reason);
    }
  }

  @Test
  void hasAnEndAndAnIdentifierAndNeedsNoMore() {
    client.isRefused(client.token(sign("exp", null)), "client-assertion-no-expiry");
    client.isRefused(client.token(sign("jti", null)), "client-assertion-no-id");
    client.isRefused(client.token(sign("jti", "")), "client-assertion-no-id");
    KeyedClient.isProven(client.token(sign("iat", null)));
  }

  @ParameterizedTest
  @CsvSource({"exp,soon", "iat,now", "nbf,now"})
  void hasTimesThatAreNumbers(String claim, String time) {
    client.isRefused(client.token(sign(claim, time)), "client-assertion-malformed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "client-authentication+jwt",
        "Client-Authentication+JWT",
        "application/client-authentication+jwt",
        "JWT",
        "jwt"
      })
  void isOfTheTypeForIt(String type) {
    KeyedClient.isProven(
        client.token(client.assertion().header("typ", type).signedBy(SampleKeys.EC)));
  }

  @Test
  void mayLeaveItsTypeOut() {
    KeyedClient.isProven(
        client.token(client.assertion().header("typ", null).signedBy(SampleKeys.EC)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"at+jwt", "dpop+jwt", "oauth-id-jag+jwt", "secevent+jwt", "x/jwt"})
  void isNoTokenForSomethingElse(String type) {
    client.isRefused(
        client.token(client.assertion().header("typ", type).signedBy(SampleKeys.EC)),
        "client-assertion-type");
  }

  @Test
  void hasNoExtensionThatNobodyUnderstands() {
    client.isRefused(
        client.token(client.assertion().header("crit", List.of("new")).signedBy(SampleKeys.EC)),
        "client-assertion-critical-extension");
    client.isRefused(
        client.token(client.assertion().header("b64", false).signedBy(SampleKeys.EC)),
        "client-assertion-critical-extension");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.b", "a.b.c", "e30.e30.", "e30.e30.c2ln.e30.e30", "...."})
  void isAJwt(String text) {
    client.isRefused(
        client.token(Map.of("client_id", client.id), text), "client-assertion-malformed");
    client.isRefused(client.token(text), "client-assertion-unreadable");
  }

  @Test
  void isNoLargerThanItCouldNeed() {
    client.isRefused(
        client.token(Map.of("client_id", client.id), sign("more", "a".repeat(7000))),
        "client-assertion-malformed");
  }

  private String sign(String claim, @Nullable Object value) {
    return sign(client, claim, value);
  }

  private static String sign(KeyedClient signer, String claim, @Nullable Object value) {
    return signer.assertion().claim(claim, value).signedBy(SampleKeys.EC);
  }
}
