package dev.ostiary.authorization.upstream;

import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tokens an upstream gave us.
 *
 * @param expiresAt the end of the access token; null if it has none
 * @param scopes those that were granted
 */
public record UpstreamTokenResponse(
    Secret accessToken,
    @Nullable Secret refreshToken,
    @Nullable Instant expiresAt,
    Scopes scopes) {}
