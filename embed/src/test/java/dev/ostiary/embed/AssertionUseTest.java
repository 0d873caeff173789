package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.client.assertion.AssertionPolicy;
import dev.ostiary.authorization.model.Limits;
import dev.ostiary.http.Reply;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.testkit.Race;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Clients that prove themselves with a key, wherever clients do, and once with each assertion. */
final class AssertionUseTest {
  private static final String REPLAYED = "client-assertion-replayed";

  private final SettableTime time = new SettableTime();
  private final AttackedOstiary ostiary =
      new AttackedOstiary(time, config -> config.limits(Limits.OFF));
  private final KeyedClient client = KeyedClient.with(ostiary, time, SampleKeys.EC);

  AssertionUseTest() throws GeneralSecurityException {}

  @AfterEach
  void close() {
    ostiary.close();
  }

  @Test
  void signsInRefreshesAsksAndRevokes() {
    FakeClient journey = new FakeClient(ostiary, client.registered, KeyedClient.REDIRECT_URI);
    Map<String, String> exchange = journey.exchange(journey.code());

    FakeClient.Tokens tokens =
        FakeClient.tokens(ostiary.token(KeyedClient.withProof(exchange, client.proof())));
    FakeClient.Tokens next =
        FakeClient.tokens(
            ostiary.token(KeyedClient.withProof(journey.refresh(tokens), client.proof())));

    assertThat(active(next.access())).isTrue();
    assertThat(ask("/revoke", next.refresh(), client.proof()).status()).isEqualTo(200);
    assertThat(active(next.access())).isFalse();
  }

  @Test
  void stillHasToShowTheVerifier() {
    FakeClient journey = new FakeClient(ostiary, client.registered, KeyedClient.REDIRECT_URI);
    Map<String, String> exchange = new LinkedHashMap<>(journey.exchange(journey.code()));
    exchange.remove("code_verifier");

    Reply reply = ostiary.token(KeyedClient.withProof(exchange, client.proof()));

    assertThat(AttackedOstiary.json(reply).path("error_description").asString())
        .isEqualTo("code_verifier is missing");
  }

  @Test
  @Requirement("R-28")
  void takesAnAssertionOnce() {
    String proof = client.proof();
    KeyedClient.isProven(client.token(proof));

    client.isRefused(client.token(proof), REPLAYED);
    String sameId = client.assertion().claim("jti", "1").claim("more", 1).signedBy(SampleKeys.EC);
    KeyedClient.isProven(client.token(sameId));
    client.isRefused(
        client.token(client.assertion().claim("jti", "1").signedBy(SampleKeys.EC)), REPLAYED);
  }

  @Test
  @Requirement("R-28")
  void takesAnAssertionAtOneEndpointOnly() {
    String audited = client.proof();
    assertThat(client.ask("/introspect", audited).status()).isEqualTo(200);
    client.isRefused(client.token(audited), REPLAYED);

    String redeemed = client.proof();
    KeyedClient.isProven(client.token(redeemed));
    assertThat(client.ask("/revoke", redeemed).status()).isEqualTo(401);
    assertThat(client.ask("/introspect", redeemed).status()).isEqualTo(401);
  }

  @Test
  @Requirement("R-28")
  void takesAnAssertionOnceUntilItHasExpiredForEverybody() {
    String proof = client.proof();
    KeyedClient.isProven(client.token(proof));

    time.pass(Duration.ofSeconds(119));
    ostiary.store.purge(time.instant());
    client.isRefused(client.token(proof), REPLAYED);
    time.pass(Duration.ofSeconds(1));
    ostiary.store.purge(time.instant());

    client.isRefused(client.token(proof), "client-assertion-expired");
  }

  @Test
  void knowsTheIdentifiersOfClientsApart() {
    KeyedClient other = KeyedClient.with(ostiary, time, SampleKeys.EC);
    for (KeyedClient each : List.of(client, other)) {
      KeyedClient.isProven(each.token(each.assertion().claim("jti", "1").signedBy(SampleKeys.EC)));
    }
  }

  @Test
  void doesNotUseUpWhatItRefuses() {
    String forged = client.assertion().claim("jti", "1").signedBy(SampleKeys.OTHER_EC);
    client.isRefused(client.token(forged), "client-assertion-signature");

    KeyedClient.isProven(
        client.token(client.assertion().claim("jti", "1").signedBy(SampleKeys.EC)));
  }

  @Test
  @Requirement("R-28")
  void letsOneOfManyEqualAssertionsThrough() throws Exception {
    String proof = client.proof();

    List<Integer> statuses = Race.of(() -> client.token(proof).status());

    assertThat(statuses).filteredOn(status -> status == 400).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 401).hasSize(Race.RUNNERS - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/revoke", "/introspect"})
  void mayBeForTheEndpointThatItIsSentTo(String path) {
    String other = path.equals("/revoke") ? "/introspect" : "/revoke";
    String forPath = AttackedOstiary.URL + path;

    assertThat(client.ask(path, withAudience(forPath)).status()).isEqualTo(200);
    assertThat(client.ask(path, withAudience(AttackedOstiary.URL + "/token")).status())
        .isEqualTo(200);
    assertThat(client.ask(other, withAudience(forPath)).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @Requirement("R-15")
  @ValueSource(strings = {"/token", "/revoke", "/introspect"})
  void isHeldToTheKeyEverywhere(String path) {
    String name = "client_id=" + client.id + "&grant_type=refresh_token&refresh_token=x&token=x";
    for (String form : List.of(name, name + "&client_secret=x")) {
      Reply reply = ostiary.send("POST", path, form, AttackedOstiary.asForm());
      assertThat(reply.status()).isEqualTo(401);
      assertThat(AttackedOstiary.json(reply).path("error").asString()).isEqualTo("invalid_client");
    }
  }

  @ParameterizedTest
  @Requirement("R-16")
  @ValueSource(strings = {"/token", "/revoke", "/introspect"})
  void usesNoOtherMethodBesides(String path) {
    Map<String, String> form =
        KeyedClient.withProof(
            Map.of("client_secret", "x", "token", "x", "grant_type", "refresh_token"),
            client.proof());

    Reply posted = ostiary.send("POST", path, FakeClient.encode(form), AttackedOstiary.asForm());

    assertThat(posted.status()).isEqualTo(400);
    assertThat(AttackedOstiary.json(posted).path("error").asString()).isEqualTo("invalid_request");
  }

  @Test
  void refusesAnAssertionFromAClientOfAnotherMethod() {
    FakeClient open = ostiary.register("https://client.example/callback");
    String assertion = SampleAssertion.of(open.id, time.instant()).signedBy(SampleKeys.EC);

    Reply reply = client.token(assertion);

    assertThat(reply.status()).isEqualTo(401);
    assertThat(client.lastRefusal()).isEqualTo("client-wrong-method");
  }

  @Test
  void refusesAnotherTypeOfAssertionAndHalfOfOne() {
    Map<String, String> form = new LinkedHashMap<>(KeyedClient.withProof(Map.of(), client.proof()));
    form.put("grant_type", "refresh_token");
    form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer");
    assertThat(ostiary.token(form).status()).isEqualTo(401);
    assertThat(client.lastRefusal()).isEqualTo("client-assertion-of-another-kind");

    form.remove("client_assertion_type");
    assertThat(ostiary.token(form).status()).isEqualTo(400);
    assertThat(client.lastRefusal()).isEqualTo("client-assertion-incomplete");
  }

  @Test
  void isGivenNoSecretAndShownItsKeys() {
    assertThat(client.registered.has("client_secret")).isFalse();
    assertThat(client.registered.path("token_endpoint_auth_method").asString())
        .isEqualTo("private_key_jwt");
    assertThat(client.registered.at("/jwks/keys/0/kid").asString()).isEqualTo("ec");
  }

  @Test
  void keepsNoKeysThatItHasNoUseFor() {
    Reply reply =
        ostiary.registration(
            "{\"token_endpoint_auth_method\":\"none\",\"jwks\":"
                + SampleKeys.set(SampleKeys.EC)
                + "}");

    assertThat(AttackedOstiary.json(reply).has("jwks")).isFalse();
  }

  @Test
  void changesItsKeysWithItsRegistration() {
    replace("\"jwks\":" + SampleKeys.set(SampleKeys.OTHER_EC));

    client.isRefused(client.token(client.proof()), "client-assertion-key-unknown");
    KeyedClient.isProven(
        client.token(client.assertion().header("kid", null).signedBy(SampleKeys.OTHER_EC)));
  }

  @Test
  void guessesNoMoreThanSecretsMayBe() throws GeneralSecurityException {
    try (AttackedOstiary limited = new AttackedOstiary(time, config -> config)) {
      KeyedClient guessed = KeyedClient.with(limited, time, SampleKeys.EC);
      String forged = guessed.assertion().signedBy(SampleKeys.OTHER_EC);
      for (int guess = 0; guess < 20; guess++) {
        assertThat(guessed.token(forged).status()).isEqualTo(401);
      }

      Reply reply = guessed.token(forged);

      assertThat(reply.status()).isEqualTo(429);
      assertThat(reply.headers().has("Retry-After")).isTrue();
    }
  }

  @Test
  @Requirement("R-32")
  void isAdvertisedWhereItWorks() {
    JsonNode metadata = metadata(ostiary);

    for (String endpoint : List.of("token", "revocation", "introspection")) {
      assertThat(metadata.path(endpoint + "_endpoint_auth_methods_supported").toString())
          .contains("private_key_jwt");
      assertThat(metadata.path(endpoint + "_endpoint_auth_signing_alg_values_supported").toString())
          .isEqualTo("[\"ES256\",\"RS256\",\"PS256\",\"EdDSA\",\"Ed25519\"]");
    }
  }

  @Test
  @Requirement("R-32")
  void isNotThereWhenItIsOff() throws GeneralSecurityException {
    try (AttackedOstiary off =
        new AttackedOstiary(
            time, config -> config.clientAssertions(new AssertionPolicy(false, true)))) {
      assertThat(metadata(off).toString()).doesNotContain("private_key_jwt", "signing_alg");
      Reply reply =
          off.registration(KeyedClient.metadata("\"jwks\":" + SampleKeys.set(SampleKeys.EC)));
      assertThat(AttackedOstiary.json(reply).path("error_description").asString())
          .isEqualTo(
              "token_endpoint_auth_method must be one of:"
                  + " none, client_secret_basic, client_secret_post");
    }
  }

  private String withAudience(String audience) {
    return client.assertion().claim("aud", audience).signedBy(SampleKeys.EC);
  }

  private boolean active(String token) {
    return AttackedOstiary.json(ask("/introspect", token, client.proof()))
        .path("active")
        .booleanValue();
  }

  private Reply ask(String path, String token, String proof) {
    Map<String, String> form = KeyedClient.withProof(Map.of("token", token), proof);
    return ostiary.send("POST", path, FakeClient.encode(form), AttackedOstiary.asForm());
  }

  private void replace(String members) {
    String body = KeyedClient.metadata("\"client_id\":\"" + client.id + "\"," + members);
    Reply reply =
        ostiary.send(
            "PUT",
            "/register/" + client.id,
            body,
            "Content-Type",
            "application/json",
            "Authorization",
            "Bearer " + client.registered.path("registration_access_token").asString());
    assertThat(reply.status()).as(FakeExchange.text(reply)).isEqualTo(200);
  }

  private static JsonNode metadata(AttackedOstiary ostiary) {
    return AttackedOstiary.json(ostiary.send("GET", "/.well-known/oauth-authorization-server", ""));
  }
}
