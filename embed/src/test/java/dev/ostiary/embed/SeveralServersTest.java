package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.requirements.Requirement;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two servers on one origin, as a client meets them. */
final class SeveralServersTest {
  private final AttackedOstiary ostiary;
  private final FakeClient app;

  SeveralServersTest() throws GeneralSecurityException {
    ostiary = new AttackedOstiary();
    app = ostiary.register("http://127.0.0.1:43999/callback");
  }

  @AfterEach
  void close() {
    ostiary.close();
  }

  /** From the challenge to the metadata and on, each for its own server (RFC 9728 §3.3, §5.1). */
  @ParameterizedTest
  @ValueSource(strings = {"/mcp", "/docs/mcp"})
  @Requirement({"A-3", "A-4", "A-9"})
  void leadEachToItsOwnMetadataAndBothToOneIssuer(String path) {
    String challenge = ostiary.call(path).headers().first("WWW-Authenticate").orElseThrow();
    String address = "/.well-known/oauth-protected-resource" + path;
    JsonNode resource = AttackedOstiary.json(ostiary.send("GET", address, ""));

    assertThat(challenge).contains("resource_metadata=\"" + AttackedOstiary.URL + address + "\"");
    assertThat(resource.path("resource").asString()).isEqualTo(AttackedOstiary.URL + path);
    assertThat(resource.path("authorization_servers").toString())
        .isEqualTo("[\"" + AttackedOstiary.URL + "\"]");
    for (String name : List.of("oauth-authorization-server", "openid-configuration")) {
      JsonNode server = AttackedOstiary.json(ostiary.send("GET", "/.well-known/" + name, ""));
      assertThat(server.path("issuer").asString()).isEqualTo(AttackedOstiary.URL);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.well-known/oauth-protected-resource/mcp",
        "/.well-known/oauth-protected-resource/docs/mcp",
        "/.well-known/oauth-authorization-server",
        "/.well-known/openid-configuration"
      })
  void publishWhatMayBeKeptAndIsNeverLocked(String address) {
    Reply get = ostiary.send("GET", address, "", "Authorization", "Bearer of.no.use");
    Reply head = ostiary.send("HEAD", address, "");
    String tag = get.headers().first("ETag").orElseThrow();

    assertThat(get.status()).isEqualTo(200);
    assertThat(head.status()).isEqualTo(200);
    assertThat(FakeExchange.text(head)).isEmpty();
    assertThat(head.headers().first("ETag")).contains(tag);
    for (String known : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
      Reply again = ostiary.send("GET", address, "", "If-None-Match", known);
      assertThat(again.status()).isEqualTo(304);
      assertThat(FakeExchange.text(again)).isEmpty();
    }
  }

  /** A client that says nothing of a resource: the person says which one. */
  @Test
  @Requirement({"R-34", "A-35"})
  void areChosenOnTheConsentPageWhereTheClientNamesNone() {
    Map<String, String> request = app.request();
    request.remove("resource");
    FakeBrowser browser = ostiary.browser();
    Reply page = browser.open(FakeClient.url(request));
    assertThat(FakeExchange.text(page))
        .contains(AttackedOstiary.SERVER, AttackedOstiary.OTHER_SERVER);
    Map<String, String> form = FakeBrowser.form(page);
    form.put("decision", "approve");
    form.put("resource", AttackedOstiary.OTHER_SERVER);

    String atGitHub = FakeBrowser.location(browser.post("/consent", form));
    Reply back = ostiary.askGitHub(atGitHub.substring(AttackedOstiary.GITHUB.length()));
    String answer = FakeBrowser.location(browser.open(FakeBrowser.location(back)));
    String code = FakeClient.answer(answer).getOrDefault("code", "");
    FakeClient.Tokens tokens = FakeClient.tokens(ostiary.token(app.exchange(code)));

    assertThat(claims(tokens).path("aud").asString()).isEqualTo(AttackedOstiary.OTHER_SERVER);
    assertThat(call("/docs/mcp", tokens)).isEqualTo(200);
    assertThat(call("/mcp", tokens)).isEqualTo(401);
  }

  /** Some clients send JSON where OAuth has forms, and both name the same grant. */
  @Test
  void giveTokensForJsonToo() {
    Map<String, String> exchange = app.exchange(app.code());
    Reply reply =
        ostiary.send(
            "POST",
            "/token",
            JsonMapper.shared().writeValueAsString(exchange),
            Headers.of("Content-Type", "application/json; charset=utf-8"));

    assertThat(call("/mcp", FakeClient.tokens(reply))).isEqualTo(200);
  }

  private int call(String path, FakeClient.Tokens tokens) {
    return ostiary.call(path, "Authorization", "Bearer " + tokens.access()).status();
  }

  private static JsonNode claims(FakeClient.Tokens tokens) {
    byte[] claims = Base64.getUrlDecoder().decode(tokens.access().split("\\.", -1)[1]);
    return JsonMapper.shared().readTree(new String(claims, StandardCharsets.UTF_8));
  }
}
