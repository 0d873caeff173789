package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

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

/** What the metadata says works, works, and what it does not say does not. */
final class AdvertisedTest {
  private static final String LOOPBACK = "http://127.0.0.1:43999/callback";

  private final AttackedOstiary ostiary;
  private final JsonNode metadata;

  AdvertisedTest() throws GeneralSecurityException {
    ostiary = new AttackedOstiary();
    metadata =
        AttackedOstiary.json(ostiary.send("GET", "/.well-known/oauth-authorization-server", ""));
  }

  @AfterEach
  void close() {
    ostiary.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorization_code",
        "refresh_token",
        "implicit",
        "password",
        "client_credentials",
        "urn:ietf:params:oauth:grant-type:device_code",
        "urn:ietf:params:oauth:grant-type:jwt-bearer",
        "urn:ietf:params:oauth:grant-type:token-exchange"
      })
  @Requirement({"R-6", "R-32"})
  void isEachGrantTypeThatTheTokenEndpointKnows(String grantType) {
    FakeClient app = ostiary.register(LOOPBACK);
    Map<String, String> request = app.exchange("code");
    request.put("grant_type", grantType);

    boolean known = !error(ostiary.token(request)).equals("unsupported_grant_type");

    assertThat(known).isEqualTo(advertises("grant_types_supported", grantType));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "client_secret_basic",
        "client_secret_post",
        "client_secret_jwt",
        "tls_client_auth",
        "self_signed_tls_client_auth"
      })
  @Requirement("R-32")
  void isEachClientAuthenticationThatCanBeRegisteredAndUsed(String method) {
    Reply registered =
        ostiary.registration(
            "{\"redirect_uris\":[\""
                + LOOPBACK
                + "\"],\"token_endpoint_auth_method\":\""
                + method
                + "\"}");

    assertThat(registered.status() == 201)
        .isEqualTo(advertises("token_endpoint_auth_methods_supported", method));
    if (registered.status() == 201) {
      JsonNode client = AttackedOstiary.json(registered);
      FakeClient app = new FakeClient(ostiary, client, LOOPBACK);
      assertThat(exchange(app, method, client.path("client_secret").asString("")).status())
          .isEqualTo(200);
    }
  }

  private Reply exchange(FakeClient app, String method, String secret) {
    Map<String, String> request = app.exchange(app.code());
    if (method.equals("client_secret_post")) {
      request.put("client_secret", secret);
    }
    if (!method.equals("client_secret_basic")) {
      return ostiary.token(request);
    }
    byte[] pair = (app.id + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return ostiary.token(
        request, "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /** Also of a client that has a secret (OAuth 2.1 §7.6). */
  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "S512"})
  @Requirement({"R-3", "A-10"})
  void isNoCodeChallengeMethodButS256(String method) {
    JsonNode client =
        AttackedOstiary.json(ostiary.registration("{\"redirect_uris\":[\"" + LOOPBACK + "\"]}"));
    Map<String, String> request = new FakeClient(ostiary, client, LOOPBACK).request();
    request.remove("code_challenge");
    request.remove("code_challenge_method");
    if (!method.isEmpty()) {
      request.put("code_challenge", "c".repeat(43));
      request.put("code_challenge_method", method);
    }

    String answer = FakeBrowser.location(ostiary.browser().open(FakeClient.url(request)));

    assertThat(FakeClient.answer(answer)).containsEntry("error", "invalid_request");
    assertThat(metadata.path("code_challenge_methods_supported").toString())
        .isEqualTo("[\"S256\"]");
  }

  @Test
  @Requirement("R-32")
  void isEachResponseTypeAndModeThatTheAuthorizationEndpointKnows() {
    FakeClient app = ostiary.register(LOOPBACK);
    for (String type : List.of("token", "id_token", "code token", "none")) {
      Map<String, String> request = app.request();
      request.put("response_type", type);
      assertThat(refused(request)).isEqualTo("unsupported_response_type");
      assertThat(advertises("response_types_supported", type)).isFalse();
    }
    for (String mode : List.of("fragment", "form_post", "query.jwt")) {
      Map<String, String> request = app.request();
      request.put("response_mode", mode);
      assertThat(refused(request)).isEqualTo("invalid_request");
      assertThat(advertises("response_modes_supported", mode)).isFalse();
    }
    Map<String, String> request = app.request();
    request.put("response_mode", "query");
    assertThat(ostiary.browser().open(FakeClient.url(request)).status()).isEqualTo(200);
    assertThat(advertises("response_modes_supported", "query")).isTrue();
  }

  private String refused(Map<String, String> request) {
    Reply reply = ostiary.browser().open(FakeClient.url(request));
    return FakeClient.answer(FakeBrowser.location(reply)).getOrDefault("error", "");
  }

  private boolean advertises(String member, String value) {
    return metadata.path(member).valueStream().anyMatch(each -> each.asString().equals(value));
  }

  private static String error(Reply reply) {
    return AttackedOstiary.json(reply).path("error").asString("");
  }
}
