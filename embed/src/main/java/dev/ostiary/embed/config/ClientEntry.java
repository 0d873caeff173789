package dev.ostiary.embed.config;

import dev.ostiary.authorization.client.assertion.ClientKeyRules;
import dev.ostiary.authorization.client.registration.ConfiguredClient;
import dev.ostiary.authorization.client.registration.PreRegistration;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.registration.ClientKeys;
import dev.ostiary.protocol.registration.ClientMetadata;
import dev.ostiary.protocol.registration.RegistrationRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client that is registered beforehand (MCP authorization, "Preregistration").
 *
 * @param name what people read on the consent page
 * @param redirectUris by the rules for those that register themselves
 * @param secret null for a public client
 * @param method how it authenticates at the token endpoint
 * @param keys of a client that proves itself with a key
 * @param introspects servers for whose access tokens it may ask (RFC 7662), by name
 */
public record ClientEntry(
    String name,
    List<String> redirectUris,
    @Nullable Secret secret,
    ClientAuthenticationMethod method,
    RegistrationRequest.Keys keys,
    List<String> introspects) {
  public ClientEntry {
    redirectUris = List.copyOf(redirectUris);
    introspects = List.copyOf(introspects);
  }

  /** A client that introspects no tokens but its own. */
  public ClientEntry(
      String name,
      List<String> redirectUris,
      @Nullable Secret secret,
      ClientAuthenticationMethod method,
      RegistrationRequest.Keys keys) {
    this(name, redirectUris, secret, method, keys, List.of());
  }

  /** A resource server, which introspects the access tokens for these servers, and no more. */
  public static ClientEntry resourceServer(String name, Secret secret, String... servers) {
    return new ClientEntry(
        name, List.of(), secret, methodOf(secret), RegistrationRequest.Keys.NONE, List.of(servers));
  }

  /** A client without keys. */
  public ClientEntry(
      String name,
      List<String> redirectUris,
      @Nullable Secret secret,
      ClientAuthenticationMethod method) {
    this(name, redirectUris, secret, method, RegistrationRequest.Keys.NONE);
  }

  /** A client without a secret. */
  public static ClientEntry open(String name, String... redirectUris) {
    return new ClientEntry(name, List.of(redirectUris), null, methodOf(null));
  }

  /** A client with a secret. */
  public static ClientEntry confidential(String name, Secret secret, String... redirectUris) {
    return new ClientEntry(name, List.of(redirectUris), secret, methodOf(secret));
  }

  /**
   * A client that proves itself with a key.
   *
   * @param jwks its public keys, a JWK Set (RFC 7517 §5)
   */
  public static ClientEntry withKeys(String name, String jwks, String... redirectUris) {
    return new ClientEntry(
        name,
        List.of(redirectUris),
        null,
        ClientAuthenticationMethod.PRIVATE_KEY_JWT,
        new RegistrationRequest.Keys(jwks, null, null));
  }

  /** The method of a client that names none. */
  public static ClientAuthenticationMethod methodOf(@Nullable Secret secret) {
    return secret == null
        ? ClientAuthenticationMethod.NONE
        : ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
  }

  /** As the authorization server knows it. */
  public ConfiguredClient configured(String id) {
    ClientMetadata metadata =
        PreRegistration.metadata(
            name, redirectUris.stream().map(RedirectUri::new).distinct().toList(), method);
    return new ConfiguredClient(
        new ClientId(id),
        secret,
        metadata.hasKey() && ClientKeyRules.decide(keys) instanceof Result.Ok(ClientKeys good)
            ? metadata.with(good)
            : metadata);
  }
}
