package dev.ostiary.testkit;

import dev.ostiary.authorization.hash.DescriptionHash;
import dev.ostiary.authorization.hash.RegistrationTokenHash;
import dev.ostiary.authorization.hash.SecretHash;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.registration.ClientKeys;
import dev.ostiary.protocol.registration.ClientMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Registered clients. */
public final class SampleClient {
  public static final ClientId ID = new ClientId("cli");
  public static final RedirectUri REDIRECT_URI = new RedirectUri("http://127.0.0.1:7777/callback");
  public static final DescriptionHash DESCRIPTION = DescriptionHash.of(metadata("none"));

  private SampleClient() {}

  /** A native client without a secret. */
  public static RegisteredClient open(String id) {
    return registered(id, null, metadata("none"));
  }

  /** A client with this secret. */
  public static RegisteredClient confidential(String id, String secret) {
    return registered(id, SecretHash.of(secret), metadata("client_secret_basic"));
  }

  /** A client of which nothing is known but what must be. */
  public static RegisteredClient bare(String id) {
    ClientMetadata metadata =
        new ClientMetadata(
            null,
            List.of(),
            "none",
            List.of("authorization_code"),
            List.of("code"),
            null,
            null,
            Map.of());
    return new RegisteredClient(
        new ClientId(id), ClientKind.REGISTERED, null, null, metadata, SampleTime.NOW);
  }

  /** A client that proves itself with these keys. */
  public static RegisteredClient withKeys(String id, ClientKeys keys) {
    return registered(id, null, metadata("private_key_jwt").with(keys));
  }

  /** A client that the operator named. */
  public static RegisteredClient configured(String id) {
    return new RegisteredClient(
        new ClientId(id), ClientKind.CONFIGURED, null, null, metadata("none"), SampleTime.NOW);
  }

  /** A client that is named by the URL of its document. */
  public static RegisteredClient document(String url, String name, Instant fetchedAt) {
    ClientMetadata metadata =
        new ClientMetadata(
            name,
            List.of(REDIRECT_URI),
            "none",
            List.of("authorization_code"),
            List.of("code"),
            null,
            null,
            Map.of());
    return new RegisteredClient(
        new ClientId(url), ClientKind.DOCUMENT, null, null, metadata, fetchedAt);
  }

  /** What opens the registration of a client. */
  public static String registrationToken(String id) {
    return "registration token of " + id;
  }

  private static RegisteredClient registered(
      String id, @Nullable SecretHash secret, ClientMetadata metadata) {
    return new RegisteredClient(
        new ClientId(id),
        ClientKind.REGISTERED,
        secret,
        RegistrationTokenHash.of(registrationToken(id)),
        metadata,
        SampleTime.NOW);
  }

  private static ClientMetadata metadata(String tokenEndpointAuthMethod) {
    return new ClientMetadata(
        "Sample CLI 例",
        List.of(REDIRECT_URI, new RedirectUri("com.example.app:/callback")),
        tokenEndpointAuthMethod,
        List.of("authorization_code", "refresh_token"),
        List.of("code"),
        "read:user repo",
        "native",
        Map.of("client_uri", "https://client.example", "software_id", "sample"));
  }
}
