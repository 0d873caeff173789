package dev.ostiary.authorization.key;

import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import java.time.Instant;

/**
 * An access token of ours that is good now (RFC 9068 §2.2). Whether it is meant for the server that
 * got it, the audience says.
 *
 * @param id its identifier, the {@code jti}
 */
public record VerifiedAccessToken(
    String id,
    Subject subject,
    ClientId client,
    GrantId grant,
    Scopes scopes,
    Resource audience,
    Instant issuedAt,
    Instant expiresAt) {}
