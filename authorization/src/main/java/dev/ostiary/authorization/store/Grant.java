package dev.ostiary.authorization.store;

import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One completed authorization: user × client × resource × scopes, with one family of tokens.
 *
 * @param userName how the upstream calls the user at present: to show, never to decide
 * @param upstreamToken the upstream's token that backs it; null if it needs none
 * @param expiresAt its end, however often it is refreshed
 */
public record Grant(
    GrantId id,
    ClientId client,
    Subject subject,
    String userName,
    Scopes scopes,
    Resource resource,
    @Nullable UpstreamTokenId upstreamToken,
    Instant createdAt,
    Instant expiresAt) {}
