package dev.ostiary.authorization.store;

import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.ClientMetadata;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A client that registered itself (RFC 7591).
 *
 * @param secret null for a public client
 */
public record RegisteredClient(
    ClientId id, @Nullable SecretHash secret, ClientMetadata metadata, Instant registeredAt) {}
