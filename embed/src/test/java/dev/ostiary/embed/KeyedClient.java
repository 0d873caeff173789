package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.ClientAssertion;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A registered client that proves itself with a key, and nothing but that. */
final class KeyedClient {
  static final String REDIRECT_URI = "https://client.example/callback";

  final AttackedOstiary ostiary;
  final SettableTime time;
  final JsonNode registered;
  final String id;

  private KeyedClient(AttackedOstiary ostiary, SettableTime time, JsonNode registered) {
    this.ostiary = ostiary;
    this.time = time;
    this.registered = registered;
    this.id = registered.path("client_id").asString();
  }

  /** Registers with the public halves of these keys. */
  static KeyedClient with(AttackedOstiary ostiary, SettableTime time, JWK... keys) {
    return register(ostiary, time, "\"jwks\":" + SampleKeys.set(keys));
  }

  static KeyedClient at(AttackedOstiary ostiary, SettableTime time, String jwksUri) {
    return register(ostiary, time, "\"jwks_uri\":\"" + jwksUri + "\"");
  }

  static KeyedClient register(AttackedOstiary ostiary, SettableTime time, String members) {
    Reply reply = ostiary.registration(metadata(members));
    assertThat(reply.status()).as(FakeExchange.text(reply)).isEqualTo(201);
    return new KeyedClient(ostiary, time, AttackedOstiary.json(reply));
  }

  static String metadata(String members) {
    return "{\"redirect_uris\":[\""
        + REDIRECT_URI
        + "\"],\"grant_types\":[\"authorization_code\",\"refresh_token\"],"
        + "\"token_endpoint_auth_method\":\"private_key_jwt\","
        + members
        + "}";
  }

  /** A right assertion, for a test to change. */
  SampleAssertion assertion() {
    return SampleAssertion.of(id, time.instant());
  }

  /** A right and signed assertion. */
  String proof() {
    return assertion().signedBy(SampleKeys.EC);
  }

  static Map<String, String> withProof(Map<String, String> form, String assertion) {
    Map<String, String> all = new LinkedHashMap<>(form);
    all.put("client_assertion_type", ClientAssertion.TYPE);
    all.put("client_assertion", assertion);
    return all;
  }

  /** A token request that is right up to its refresh token. */
  Reply token(String assertion) {
    return token(Map.of(), assertion);
  }

  Reply token(Map<String, String> more, String assertion) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", "unknown");
    form.putAll(more);
    return ostiary.token(withProof(form, assertion));
  }

  /** Revokes or asks about a token that is not there. */
  Reply ask(String path, String assertion) {
    String body = FakeClient.encode(withProof(Map.of("token", "unknown"), assertion));
    return ostiary.send("POST", path, body, AttackedOstiary.asForm());
  }

  /** The client is the one it says: all that is wrong is the refresh token. */
  static void isProven(Reply reply) {
    assertThat(AttackedOstiary.json(reply).path("error").asString()).isEqualTo("invalid_grant");
    assertThat(reply.status()).isEqualTo(400);
  }

  /** It is told no more than that; the audit stream knows why. */
  void isRefused(Reply reply, String reason) {
    assertThat(FakeExchange.text(reply))
        .isEqualTo(
            "{\"error\":\"invalid_client\","
                + "\"error_description\":\"the client assertion is not valid\"}");
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.headers().first("Cache-Control")).contains("no-store");
    assertThat(reply.headers().all("WWW-Authenticate")).hasSize(1);
    assertThat(lastRefusal()).isEqualTo(reason);
  }

  /** Why the token endpoint said no the last time. */
  String lastRefusal() {
    return ostiary.audit.getLast() instanceof AuditEvent.TokenRefused refused
        ? refused.reason()
        : ostiary.audit.getLast().toString();
  }
}
