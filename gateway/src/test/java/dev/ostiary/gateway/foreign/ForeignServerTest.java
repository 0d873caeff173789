package dev.ostiary.gateway.foreign;

import static dev.ostiary.gateway.foreign.FakeAuthorizationServer.INTROSPECT;
import static dev.ostiary.gateway.foreign.FakeAuthorizationServer.ISSUER;
import static dev.ostiary.gateway.foreign.FakeAuthorizationServer.KEYS;
import static dev.ostiary.gateway.foreign.FakeAuthorizationServer.METADATA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.foreign.ForeignServer.Finding;
import dev.ostiary.http.Reply;
import org.junit.jupiter.api.Test;

/** What an operator is told of a foreign authorization server before a user signs in. */
final class ForeignServerTest {
  private final FakeAuthorizationServer there = new FakeAuthorizationServer();

  @Test
  void hasMetadataAndKeys() {
    assertThat(there.jwts().examine())
        .containsExactly(
            new Finding("metadata", "https://login.example" + METADATA, null),
            new Finding("keys", "2 for signatures", null));
  }

  @Test
  void hasNoMetadataOfThisIssuer() {
    there.answer(METADATA, Reply.json(200, FakeAuthorizationServer.metadata(ISSUER + "/")));

    assertThat(there.jwts().examine())
        .singleElement()
        .satisfies(
            finding -> assertThat(finding.problem()).contains("must be equal, byte for byte"));
  }

  @Test
  void hasNoKeys() {
    there.answer(KEYS, Reply.of(404));

    assertThat(there.jwts().examine().getLast().problem()).contains(KEYS, "answers 404");
  }

  @Test
  void letsTheClientIntrospect() {
    there.answer(INTROSPECT, Reply.json(200, "{\"active\": false}"));

    assertThat(there.introspected().examine().getLast())
        .isEqualTo(new Finding("introspection", "the client may ask", null));
    assertThat(there.form()).matches("token=[0-9a-f]{48}&token_type_hint=access_token");
  }

  @Test
  void refusesTheClientThatIntrospects() {
    there.answer(INTROSPECT, Reply.json(401, "{}"));

    assertThat(there.introspected().examine().getLast().problem())
        .contains("answers 401", "introspection.client-id");
  }

  @Test
  void callsEveryTokenActive() {
    there.answer(INTROSPECT, Reply.json(200, "{\"active\": true}"));

    assertThat(there.introspected().examine().getLast().problem()).contains("never issued");
  }
}
