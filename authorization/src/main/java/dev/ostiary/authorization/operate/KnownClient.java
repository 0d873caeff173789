package dev.ostiary.authorization.operate;

import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.registration.ClientMetadata;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A client as an operator sees it.
 *
 * @param addedAt when it came to be known; null for one of the configuration
 * @param usedAt when it was used last, to the hour; null for one of the configuration
 */
public record KnownClient(
    ClientId id,
    ClientOrigin origin,
    ClientMetadata metadata,
    @Nullable Instant addedAt,
    @Nullable Instant usedAt) {}
