package dev.ostiary.authorization.upstream;

import dev.ostiary.protocol.CodeVerifier;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Scopes;
import java.net.URI;

/**
 * What the browser brought back from the upstream; its {@code state} is already checked.
 *
 * @param parameters {@code code} or {@code error}, perhaps {@code iss}
 * @param scopes that were asked for, the upstream's own
 */
public record UpstreamCallback(
    Parameters parameters, CodeVerifier verifier, URI redirectUri, Scopes scopes) {}
