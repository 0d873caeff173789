package dev.ostiary.authorization.store;

import dev.ostiary.authorization.hash.RegistrationTokenHash;
import dev.ostiary.authorization.hash.SecretHash;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.registration.ClientMetadata;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A client that is registered here (RFC 6749 §2), by itself or by the operator.
 *
 * @param secret null for a public client
 * @param registrationToken lets the client change its registration (RFC 7592); null if only the
 *     operator can
 * @param registeredAt when it came to be known; of a client with a document of its own, when a node
 *     last read it
 */
public record RegisteredClient(
    ClientId id,
    ClientKind kind,
    @Nullable SecretHash secret,
    @Nullable RegistrationTokenHash registrationToken,
    ClientMetadata metadata,
    Instant registeredAt) {
  /** The same client, known since another time. */
  public RegisteredClient at(Instant time) {
    return new RegisteredClient(id, kind, secret, registrationToken, metadata, time);
  }

  /** The same client, described otherwise. */
  public RegisteredClient with(ClientMetadata other) {
    return new RegisteredClient(id, kind, secret, registrationToken, other, registeredAt);
  }
}
