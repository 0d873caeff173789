package dev.ostiary.authorization.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A signing key. It is published from the start, signs from {@code signsFrom} on, so that others
 * have seen it by then, and is published until {@code removeAt}, when its last token has expired.
 *
 * @param keyId its RFC 7638 thumbprint
 * @param algorithm a JWS {@code alg}
 * @param publicJwk as JSON
 * @param privateJwk as JSON, sealed
 * @param removeAt null as long as it is in use
 */
public record StoredKey(
    String keyId,
    String algorithm,
    String publicJwk,
    Sealed privateJwk,
    Instant createdAt,
    Instant signsFrom,
    @Nullable Instant removeAt) {}
