package dev.ostiary.authorization.limit;

import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.WireError;

/**
 * A limit that is reached. OAuth has no error code of its own for it, so clients are told {@code
 * temporarily_unavailable}, which says that the same request can be right later; the status is 429
 * (RFC 6585 §4).
 *
 * @param retryAfter after how many seconds the next request has a chance, at least one
 */
public record RateLimited(int retryAfter) {
  /** What a client is told. */
  public WireError wire() {
    return new WireError(
        OAuthError.TEMPORARILY_UNAVAILABLE,
        "too many requests; try again in "
            + retryAfter
            + (retryAfter == 1 ? " second" : " seconds"));
  }
}
