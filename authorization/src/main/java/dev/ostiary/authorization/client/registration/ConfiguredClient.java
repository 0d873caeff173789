package dev.ostiary.authorization.client.registration;

import dev.ostiary.authorization.client.assertion.ClientKeyRules;
import dev.ostiary.authorization.client.assertion.KeyRefusal;
import dev.ostiary.authorization.client.redirect.RedirectRules;
import dev.ostiary.authorization.hash.SecretHash;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.registration.ClientKeys;
import dev.ostiary.protocol.registration.ClientMetadata;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client that the operator registered beforehand (MCP authorization, "Preregistration"). It is
 * not stored, and it never expires.
 *
 * @param secret null for a client that is public or proves itself with a key
 */
public record ConfiguredClient(ClientId id, @Nullable Secret secret, ClientMetadata metadata) {
  /**
   * Checks what a client that registers itself would be checked for.
   *
   * @throws IllegalArgumentException if it has no secret and needs one, or has one that it does not
   *     need, if its keys cannot be used or are not needed, or a redirect URI is not one that can
   *     be registered
   */
  public ConfiguredClient {
    if (metadata.hasSecret() != (secret != null)) {
      throw new IllegalArgumentException(
          "client "
              + id
              + (secret == null ? " needs a secret" : " has a secret that it cannot use"));
    }
    checkKeys(id, metadata);
    for (RedirectUri uri : metadata.redirectUris()) {
      if (RedirectRules.check(uri.value()) instanceof Result.Refused(var refusal)) {
        throw new IllegalArgumentException(
            "the redirect URI " + uri + " of client " + id + " " + refusal.text());
      }
    }
  }

  private static void checkKeys(ClientId id, ClientMetadata metadata) {
    ClientKeys keys = metadata.keys();
    if (metadata.hasKey() != (keys != null)) {
      throw new IllegalArgumentException(
          "client " + id + (keys == null ? " needs keys" : " has keys that it cannot use"));
    }
    Optional<KeyRefusal> refusal = keys == null ? Optional.empty() : ClientKeyRules.check(keys);
    if (refusal.isPresent()) {
      throw new IllegalArgumentException("client " + id + ": " + refusal.get().text());
    }
  }

  public RegisteredClient registered() {
    return new RegisteredClient(
        id,
        ClientKind.CONFIGURED,
        secret == null ? null : SecretHash.of(secret.reveal()),
        null,
        metadata,
        Instant.EPOCH);
  }
}
