package dev.ostiary.authorization.client;

import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.SecretHash;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.ClientMetadata;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A client that the operator registered beforehand (MCP authorization, "Preregistration"). It is
 * not stored, and it never expires.
 *
 * @param secret null for a public client
 */
public record ConfiguredClient(ClientId id, @Nullable Secret secret, ClientMetadata metadata) {
  /**
   * Checks what a client that registers itself would be checked for.
   *
   * @throws IllegalArgumentException if it is confidential without a secret or public with one, or
   *     a redirect URI is not one that can be registered
   */
  public ConfiguredClient {
    if (metadata.isPublic() != (secret == null)) {
      throw new IllegalArgumentException(
          "client " + id + (secret == null ? " needs a secret" : " is public and has a secret"));
    }
    for (RedirectUri uri : metadata.redirectUris()) {
      if (RedirectRules.check(uri.value()) instanceof Result.Refused(var refusal)) {
        throw new IllegalArgumentException(
            "the redirect URI " + uri + " of client " + id + " " + refusal.text());
      }
    }
  }

  RegisteredClient registered() {
    return new RegisteredClient(
        id,
        ClientKind.CONFIGURED,
        secret == null ? null : SecretHash.of(secret.reveal()),
        null,
        metadata,
        Instant.EPOCH);
  }
}
