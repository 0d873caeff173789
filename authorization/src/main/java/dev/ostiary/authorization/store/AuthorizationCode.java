package dev.ostiary.authorization.store;

import dev.ostiary.authorization.hash.CodeHash;
import dev.ostiary.protocol.CodeChallenge;
import dev.ostiary.protocol.RedirectUri;
import java.time.Instant;

/**
 * An authorization code and what it was issued for (RFC 6749 §4.1.2).
 *
 * @param grant comes into force when the code is redeemed
 * @param redirectUri where the code was sent
 */
public record AuthorizationCode(
    CodeHash hash,
    Grant grant,
    RedirectUri redirectUri,
    CodeChallenge codeChallenge,
    Instant expiresAt) {}
