package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Reply;
import dev.ostiary.requirements.Requirement;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Attacks on where the answer goes (RFC 9700 §4.1, §4.11; CWE-601). */
final class RedirectAttackTest {
  private static final String SITE = "https://app.example.net/callback";
  private static final String LOOPBACK = "http://127.0.0.1:43999/callback";
  private static final String PROGRAM = "com.example.app:/callback";

  private final AttackedOstiary ostiary;
  private final FakeClient app;
  private final FakeBrowser victim;

  RedirectAttackTest() throws GeneralSecurityException {
    ostiary = new AttackedOstiary();
    app = ostiary.register(SITE, LOOPBACK, PROGRAM);
    victim = ostiary.browser();
  }

  @AfterEach
  void close() {
    ostiary.close();
  }

  /** RFC 9700 §4.1: everything that some server has taken for the registered URI. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/callback",
        // Near misses.
        "https://app.example.net/callback/",
        "https://app.example.net/callback2",
        "https://app.example.net/callbac",
        "https://app.example.net/Callback",
        "https://app.example.net/callback?",
        "https://app.example.net/callback?next=https://evil.example",
        "https://app.example.net/",
        "https://app.example.net",
        "https://sub.app.example.net/callback",
        "https://app.example.net.evil.example/callback",
        "https://evilapp.example.net/callback",
        "http://app.example.net/callback",
        "//app.example.net/callback",
        "/callback",
        " https://app.example.net/callback",
        "https://app.example.net/callback ",
        // User information.
        "https://app.example.net@evil.example/callback",
        "https://app.example.net:pass@evil.example/callback",
        "https://user@app.example.net/callback",
        "https://evil.example\\@app.example.net/callback",
        "https://evil.example#@app.example.net/callback",
        // Encoded, and dot segments.
        "https://app.example.net/%63allback",
        "https://app.example.net/callback%2f..%2fevil",
        "https://app.example.net/callback/../evil",
        "https://app.example.net/x/../callback",
        "https://app.example.net/./callback",
        "https://app.example.net/callback%00",
        "https://app.example.net/callback%0d%0aSet-Cookie:%20a=b",
        "https://app%2eexample.net/callback",
        "https://app.example.net//callback",
        "https://app.example.net\\callback",
        // Port, case, fragment, a dot at the end.
        "https://app.example.net:8443/callback",
        "https://app.example.net:443/callback",
        "https://app.example.net:/callback",
        "HTTPS://app.example.net/callback",
        "https://APP.example.net/callback",
        "https://app.example.net/callback#",
        "https://app.example.net/callback#fragment",
        "https://app.example.net./callback",
        "https://app\u3002example.net/callback",
        "https://\u0430pp.example.net/callback",
        // The port of a loopback address is free, and nothing else of it.
        "http://127.0.0.1:43999@evil.example/callback",
        "http://127.0.0.1.evil.example:43999/callback",
        "http://127.0.0.2:43999/callback",
        "http://localhost:43999/callback",
        "http://[::1]:43999/callback",
        "http://[::ffff:127.0.0.1]:43999/callback",
        "http://2130706433:43999/callback",
        "http://0x7f.1:43999/callback",
        "http://127.1:43999/callback",
        "http://0.0.0.0:43999/callback",
        "https://127.0.0.1:43999/callback",
        "http://127.0.0.1:99999/callback",
        "http://127.0.0.1:0/callback",
        "http://127.0.0.1:-1/callback",
        "http://127.0.0.1:/callback",
        "http://127.0.0.1:43999/other",
        "http://127.0.0.1:43999/callback?a=b",
        // A scheme of its own.
        "com.example.app://callback",
        "com.example.app:/callback/../other",
        "com.example.app2:/callback",
        "COM.EXAMPLE.APP:/callback",
        "javascript:alert(1)"
      })
  @Requirement({"R-1", "R-2", "A-28", "A-29", "A-57"})
  void whatIsNotRegisteredIsNeitherFollowedNorLinked(String uri) {
    Map<String, String> request = app.request();
    request.put("redirect_uri", uri);

    Reply page = victim.open(FakeClient.url(request));

    assertThat(page.status()).isEqualTo(400);
    assertThat(page.headers().all("Location")).isEmpty();
    assertThat(FakeExchange.text(page)).doesNotContain("href=\"" + uri);
    assertThat(FakeBrowser.form(page)).isEmpty();
  }

  /** RFC 8252 §7.3 has only this exception. */
  @Test
  @Requirement("R-2")
  void onlyThePortOfALoopbackAddressIsFree() {
    Map<String, String> request = app.request();
    request.put("redirect_uri", "http://127.0.0.1:50001/callback");

    assertThat(victim.open(FakeClient.url(request)).status()).isEqualTo(200);
  }

  /**
   * CWE-601, CWE-79: schemes that run, read or send something, and addresses that read as another.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "JavaScript://x/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "data:/callback",
        "vbscript:/x",
        "file:///etc/passwd",
        "blob:https://app.example.net/1",
        "filesystem:/x",
        "about:/blank",
        "view-source:/x",
        "intent://x#Intent;end",
        "ms-msdt:/id",
        "smb://evil.example/x",
        "mailto:a@b",
        "applescript://com.apple.scripteditor?action=new",
        "x-man-page://ls",
        "shortcuts://run-shortcut?name=x",
        "jnlp://evil.example/x",
        "itms-apps://evil.example/x",
        "x-apple.systempreferences:/x",
        "ssh-copy://evil.example/x",
        "http://app.example.net/callback",
        "http://127.0.0.1.evil.example/callback",
        "https://*.example.net/callback",
        "https://app.example.net/*",
        "https://app.example.net/callback#fragment",
        "https://user@app.example.net/callback",
        "https://app.example.net\\@evil.example/",
        "https://app.example.net/../callback",
        "https://app.example.net/%2e%2e/callback",
        "https://app.example.net/a%0d%0ab",
        "https://app.example.net/a\r\nb",
        "https://app.example.net/a b",
        "https://app.example.net/%zz",
        "https:app.example.net/callback",
        "https:///callback",
        "//app.example.net/callback",
        "callback",
        ""
      })
  @Requirement("A-30")
  void whatIsDangerousIsNotRegistered(String uri) {
    String metadata =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of("redirect_uris", new String[] {uri}, "token_endpoint_auth_method", "none"));

    Reply reply = ostiary.registration(metadata);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(FakeExchange.text(reply)).contains("invalid_redirect_uri");
  }

  /**
   * RFC 9700 §4.11.2: anybody may register a phishing site, and then link to a request that must
   * fail.
   */
  @ParameterizedTest
  @ValueSource(strings = {"prompt=none", "scope=%22", "response_type=token", "resource=urn:x"})
  @Requirement("R-51")
  void aRequestThatMustFailDoesNotSendAnybodyToASite(String parameter) {
    Map<String, String> request = app.request();
    String name = parameter.substring(0, parameter.indexOf('='));
    request.remove(name);

    Reply page = victim.open(FakeClient.url(request) + "&" + parameter);

    assertThat(page.status()).isEqualTo(400);
    assertThat(page.headers().all("Location")).isEmpty();
  }

  /** CWE-113: what a client sends comes back in a header. */
  @Test
  @Requirement("R-5")
  void lineBreaksInStateStayInside() {
    String state = "x\r\nSet-Cookie: a=b\r\n\r\n<script>";
    Map<String, String> request = app.request();
    request.put("state", state);

    Reply denied = victim.decide(victim.open(FakeClient.url(request)), "deny");

    assertThat(FakeBrowser.location(denied)).doesNotContain("\r", "\n", "<");
    assertThat(FakeClient.answer(FakeBrowser.location(denied))).containsEntry("state", state);
    assertThat(denied.headers().all("Set-Cookie")).noneMatch(line -> line.startsWith("a="));
  }

  /** RFC 9700 §4.12: a redirect that would send the form along. */
  @Test
  @Requirement("R-8")
  void aFormIsNeverPassedOn() {
    Reply denied = victim.decide(victim.open(app.authorizationUrl()), "deny");
    Reply approved = victim.decide(victim.open(app.authorizationUrl()), "approve");

    assertThat(denied.status()).isEqualTo(303);
    assertThat(approved.status()).isEqualTo(303);
  }

  /** RFC 9700 §4.2: codes and state in the Referer header. */
  @Test
  void answersLeaveNoTrace() {
    Reply denied = victim.decide(victim.open(app.authorizationUrl()), "deny");

    assertThat(denied.headers().first("Referrer-Policy")).contains("no-referrer");
    assertThat(denied.headers().first("Cache-Control")).contains("no-store");
  }
}
