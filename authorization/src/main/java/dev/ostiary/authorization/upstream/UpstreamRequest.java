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
 * @param selectAccount whether the user wants to choose an account, though one may be signed in
 */
public record UpstreamRequest(
    Secret state,
    CodeChallenge codeChallenge,
    URI redirectUri,
    Scopes scopes,
    boolean selectAccount) {}
