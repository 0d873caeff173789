package dev.ostiary.authorization.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.SampleClient;
import dev.ostiary.authorization.client.registration.ConfiguredClient;
import dev.ostiary.authorization.limit.RateLimits;
import dev.ostiary.authorization.model.Limits;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.registration.ClientKeys;
import dev.ostiary.protocol.registration.ClientMetadata;
import dev.ostiary.requirements.Requirement;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClientsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private static final Request REQUEST =
      new Request(
          "request-1",
          "POST",
          "/token",
          "",
          Headers.none(),
          Body.empty(),
          InetAddress.getLoopbackAddress());

  private final MemoryStore store = new MemoryStore();

  @Test
  @Requirement("A-50")
  void knowsWhatIsConfiguredAndWhatIsStored() {
    store.clients().add(SampleClient.of("stored", "https://a.example/cb"));
    Clients clients = Clients.of(List.of(configured("pre", null)), store.clients());

    assertThat(clients.find(new ClientId("pre")).map(RegisteredClient::kind))
        .contains(ClientKind.CONFIGURED);
    assertThat(clients.find(new ClientId("stored")).map(RegisteredClient::kind))
        .contains(ClientKind.REGISTERED);
    assertThat(clients.find(new ClientId("neither"))).isEmpty();
  }

  @Test
  void believesTheConfigurationBeforeTheStore() {
    store.clients().add(SampleClient.of("pre", "https://evil.example/cb"));
    Clients clients = Clients.of(List.of(configured("pre", null)), store.clients());

    assertThat(clients.find(new ClientId("pre")).orElseThrow().metadata().redirectUris())
        .containsExactly(new RedirectUri("https://app.example/cb"));
  }

  @Test
  @Requirement("A-50")
  void authenticatesAConfiguredClientByItsSecret() {
    var authenticator =
        ClientAuthenticator.of(
            Clients.of(List.of(configured("pre", "static-secret")), store.clients()),
            RateLimits.of(Limits.OFF, () -> NOW).secrets());

    assertThat(authenticator.authenticate(REQUEST, form("static-secret"), NOW))
        .isInstanceOf(Result.Ok.class);
    assertThat(authenticator.authenticate(REQUEST, form("another"), NOW))
        .isInstanceOf(Result.Refused.class);
  }

  @Test
  void notesTheUseOfStoredClientsOnly() {
    RegisteredClient stored =
        SampleClient.of("stored", "https://a.example/cb"); // registered at midnight
    store.clients().add(stored);
    Clients clients = Clients.of(List.of(configured("pre", null)), store.clients());

    clients.used(stored, NOW);
    clients.used(clients.find(new ClientId("pre")).orElseThrow(), NOW);

    assertThat(store.clients().forgetUnused(NOW.minusMillis(1), NOW.plus(Duration.ofDays(1))))
        .isZero();
    assertThat(store.clients().find(new ClientId("pre"))).isEmpty();
  }

  @Test
  void refusesTwoConfiguredClientsOfOneId() {
    List<ConfiguredClient> twice = List.of(configured("pre", null), configured("pre", "secret"));

    assertThatThrownBy(() -> Clients.of(twice, store.clients()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two clients are called pre");
  }

  @Test
  void refusesAConfiguredClientThatCouldNotWork() {
    assertThatThrownBy(() -> configured("pre", "client_secret_basic", null, "https://a.example/"))
        .hasMessage("client pre needs a secret");
    assertThatThrownBy(() -> configured("pre", "none", "hidden", "https://a.example/"))
        .hasMessage("client pre has a secret that it cannot use");
    assertThatThrownBy(() -> configured("pre", "none", null, "http://a.example/"))
        .hasMessageStartingWith("the redirect URI http://a.example/ of client pre is http");
  }

  @Test
  void printsNoSecret() {
    assertThat(configured("pre", "static-secret").toString()).doesNotContain("static-secret");
  }

  private static Parameters form(String secret) {
    return switch (Parameters.parse("client_id=pre&client_secret=" + secret)) {
      case Result.Ok(Parameters parameters) -> parameters;
      case Result.Refused(var refusal) -> throw new AssertionError(refusal);
    };
  }

  @Test
  void refusesAConfiguredClientWhoseKeysCouldNotWork() {
    ClientKeys elsewhere =
        new ClientKeys(new ClientKeys.At(URI.create("https://app.example/keys")), "ES256");
    ClientKeys none = new ClientKeys(new ClientKeys.Inline("{\"keys\":[]}"), null);

    assertThat(withKeys("private_key_jwt", null, elsewhere).metadata().keys()).isEqualTo(elsewhere);
    assertThatThrownBy(() -> withKeys("private_key_jwt", null, null))
        .hasMessage("client pre needs keys");
    assertThatThrownBy(() -> withKeys("private_key_jwt", "secret", elsewhere))
        .hasMessage("client pre has a secret that it cannot use");
    assertThatThrownBy(() -> withKeys("none", null, elsewhere))
        .hasMessage("client pre has keys that it cannot use");
    assertThatThrownBy(() -> withKeys("private_key_jwt", null, none))
        .hasMessageStartingWith("client pre: jwks has no key");
  }

  private static ConfiguredClient withKeys(
      String method, @Nullable String secret, @Nullable ClientKeys keys) {
    return new ConfiguredClient(
        new ClientId("pre"),
        secret == null ? null : new Secret(secret),
        new ClientMetadata(
            "Configured",
            List.of(new RedirectUri("https://app.example/cb")),
            method,
            List.of("authorization_code"),
            List.of("code"),
            null,
            null,
            Map.of(),
            keys));
  }

  private static ConfiguredClient configured(String id, @Nullable String secret) {
    return configured(
        id, secret == null ? "none" : "client_secret_post", secret, "https://app.example/cb");
  }

  private static ConfiguredClient configured(
      String id, String method, @Nullable String secret, String redirectUri) {
    return new ConfiguredClient(
        new ClientId(id),
        secret == null ? null : new Secret(secret),
        new ClientMetadata(
            "Configured",
            List.of(new RedirectUri(redirectUri)),
            method,
            List.of("authorization_code"),
            List.of("code"),
            null,
            null,
            Map.of()));
  }
}
