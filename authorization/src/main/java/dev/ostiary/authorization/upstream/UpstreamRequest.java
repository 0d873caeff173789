package dev.ostiary.authorization.upstream;

import dev.ostiary.protocol.CodeChallenge;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import java.net.URI;

/**
 * An authorization request of ours.
 *
 * @param redirectUri our callback, the same at {@link UpstreamCallback}
 * @param scopes the upstream's own
 */
public record UpstreamRequest(
    Secret state, CodeChallenge codeChallenge, URI redirectUri, Scopes scopes) {}
