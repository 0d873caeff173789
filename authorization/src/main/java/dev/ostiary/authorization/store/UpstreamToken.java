package dev.ostiary.authorization.store;

import dev.ostiary.protocol.Scopes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The tokens an upstream gave for one of its users, kept once for all grants that rest on them.
 *
 * @param user the upstream's stable id of the user
 * @param scopes those the upstream granted
 * @param tokens access and refresh token, sealed
 * @param expiresAt the end of the access token; null if it has none
 * @param version grows with every change of the tokens
 * @param confirmedAt when the upstream last stood by the user: at a sign-in, or when it was asked
 */
public record UpstreamToken(
    UpstreamTokenId id,
    String upstream,
    String user,
    Scopes scopes,
    Sealed tokens,
    @Nullable Instant expiresAt,
    long version,
    Instant confirmedAt) {}
