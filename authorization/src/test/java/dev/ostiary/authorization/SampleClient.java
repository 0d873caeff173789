package dev.ostiary.authorization;

import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.registration.ClientMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Registered clients for tests. */
public final class SampleClient {
  private SampleClient() {}

  public static RegisteredClient of(String id, String... redirectUris) {
    return named(id, "Sample " + id, null, redirectUris);
  }

  /** One that the operator named. */
  public static RegisteredClient configured(String id, String redirectUri) {
    RegisteredClient sample = of(id, redirectUri);
    return new RegisteredClient(
        sample.id(), ClientKind.CONFIGURED, null, null, sample.metadata(), sample.registeredAt());
  }

  public static RegisteredClient named(
      String id, @Nullable String name, @Nullable String scope, String... redirectUris) {
    return new RegisteredClient(
        new ClientId(id),
        ClientKind.REGISTERED,
        null,
        null,
        new ClientMetadata(
            name,
            Stream.of(redirectUris).map(RedirectUri::new).toList(),
            "none",
            List.of("authorization_code", "refresh_token"),
            List.of("code"),
            scope,
            null,
            Map.of()),
        Instant.parse("2026-11-21T00:00:00Z"));
  }
}
