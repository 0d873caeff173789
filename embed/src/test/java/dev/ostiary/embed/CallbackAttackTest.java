package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.http.Reply;
import dev.ostiary.requirements.Requirement;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on the way back from the upstream: sign-in forgery, code injection, mix-up. */
final class CallbackAttackTest {
  private static final String APP = "https://app.example.net/callback";

  private final AttackedOstiary ostiary;
  private final FakeClient app;
  private final FakeBrowser attacker;
  private final FakeBrowser victim;

  CallbackAttackTest() throws GeneralSecurityException {
    ostiary = new AttackedOstiary();
    app = ostiary.register(APP);
    attacker = ostiary.browser();
    victim = ostiary.browser();
  }

  @AfterEach
  void close() {
    ostiary.close();
  }

  /**
   * The attacker agrees in their own browser and sends the victim the rest of the way (RFC 9700
   * §4.7; the failure of many MCP proxies).
   */
  @Test
  @Requirement("A-60")
  void aCallbackThatIsForwardedToAVictimEndsThere() {
    String callback = attacker.approve(attacker.open(app.authorizationUrl()));

    assertRefused(victim.open(callback));
    assertThat(attacker.open(callback).status()).isEqualTo(303);
  }

  /** The same with a victim who is in the middle of a sign-in of their own. */
  @Test
  @Requirement("A-60")
  void aVictimsOwnSignInDoesNotHelpAForwardedCallback() {
    String callback = attacker.approve(attacker.open(app.authorizationUrl()));
    victim.approve(victim.open(app.authorizationUrl()));

    assertRefused(victim.open(callback));
  }

  /** RFC 9700 §4.5: GitHub's code of one person in the sign-in of another. */
  @Test
  void gitHubsCodeOfAnotherSignInIsWorthless() {
    String stolen = attacker.approve(attacker.open(app.authorizationUrl()));
    String own = victim.approve(victim.open(app.authorizationUrl()));
    String code = FakeClient.answer(stolen).getOrDefault("code", "");
    String mixed = own.replaceFirst("code=[^&]*", "code=" + Matcher.quoteReplacement(code));

    Map<String, String> answer = FakeClient.answer(FakeBrowser.location(victim.open(mixed)));

    assertThat(answer).containsKey("error").doesNotContainKey("code");
    assertThat(answer).containsEntry("iss", AttackedOstiary.URL);
  }

  /** RFC 9700 §4.7.1: state is used once; the browser that used it may see its answer again. */
  @Test
  @Requirement("A-61")
  void aCallbackWorksOnce() {
    String callback = victim.approve(victim.open(app.authorizationUrl()));
    String cookies = victim.cookieHeader();
    Reply first = victim.open(callback);
    assertThat(first.status()).isEqualTo(303);
    ostiary.github.journal().clear();

    Reply again = victim.open(callback, "Cookie", cookies);

    assertThat(FakeBrowser.location(again)).isEqualTo(FakeBrowser.location(first));
    assertThat(ostiary.github.journal().requests()).isEmpty();
    assertRefused(attacker.open(callback));
  }

  /** Cookie tossing: of two cookies of one name none counts. */
  @Test
  void aTossedCookieDoesNotBindASignIn() {
    String callback = victim.approve(victim.open(app.authorizationUrl()));
    String name =
        victim.cookies.keySet().stream().filter(each -> each.contains("sign-in")).findAny().get();

    assertRefused(victim.open(callback, "Cookie", name + "=tossed; " + victim.cookieHeader()));
  }

  /** Sign-in forgery (RFC 6749 §10.12). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "code=made-up",
        "code=made-up&state=",
        "code=made-up&state=made-up",
        "code=made-up&state=%00%0d%0aLocation:%20https://evil.example",
        "code=a&code=b&state=made-up",
        "code=made-up&state=%zz"
      })
  @Requirement("A-60")
  void aCallbackThatNobodyBeganIsRefused(String query) {
    victim.approve(victim.open(app.authorizationUrl()));

    assertRefused(victim.open("/callback?" + query));
  }

  /** Mix-up (RFC 9700 §4.4, RFC 9207): the answer names another issuer. */
  @Test
  @Requirement("A-62")
  void anAnswerOfAnotherIssuerIsNotRedeemed() {
    String callback = victim.approve(victim.open(app.authorizationUrl()));
    String mixedUp =
        callback.replaceFirst("([?&])iss=[^&]*", "$1").replaceFirst("[?&]$", "")
            + "&iss=https%3A%2F%2Fevil.example";

    Map<String, String> answer = FakeClient.answer(FakeBrowser.location(victim.open(mixedUp)));

    assertThat(answer).containsEntry("error", "server_error").doesNotContainKey("code");
    assertThat(ostiary.github.journal().requests("POST", "/login/oauth/access_token")).isEmpty();
  }

  /** RFC 9700 §4.4: a client can tell from every answer which server it comes from. */
  @Test
  @Requirement({"A-31", "R-5"})
  void everyAnswerNamesItsIssuer() {
    Reply denied = victim.decide(victim.open(app.authorizationUrl()), "deny");

    assertThat(FakeClient.answer(FakeBrowser.location(denied)))
        .containsEntry("error", "access_denied")
        .containsEntry("state", FakeClient.STATE)
        .containsEntry("iss", AttackedOstiary.URL);
    assertThat(FakeClient.answer(victim.signIn(app)))
        .containsKey("code")
        .containsEntry("state", FakeClient.STATE)
        .containsEntry("iss", AttackedOstiary.URL);
  }

  private void assertRefused(Reply reply) {
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.headers().all("Location")).isEmpty();
    assertThat(ostiary.github.journal().requests("POST", "/login/oauth/access_token")).isEmpty();
    assertThat(ostiary.audit).anyMatch(AuditEvent.CallbackRefused.class::isInstance);
  }
}
