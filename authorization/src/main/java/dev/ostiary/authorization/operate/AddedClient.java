package dev.ostiary.authorization.operate;

import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A client that was added.
 *
 * @param secret known here and nowhere else; null for a public client
 */
public record AddedClient(ClientId id, @Nullable Secret secret) {}
