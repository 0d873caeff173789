package dev.ostiary.gateway.token;

import dev.ostiary.protocol.Resource;
import java.time.Instant;

/**
 * An access token whose signature, issuer, type, time and grant have been checked.
 *
 * @param jti its identifier (RFC 7519 §4.1.7), by which it is revoked; empty if it has none, as
 *     tokens of foreign authorization servers may
 * @param expiresAt when calls that are made with it end
 * @param checkAgainAt until when it may be cached, at most until it expires
 */
public record VerifiedToken(
    String jti, Caller caller, Resource audience, Instant expiresAt, Instant checkAgainAt) {
  public VerifiedToken {
    checkAgainAt = checkAgainAt.isBefore(expiresAt) ? checkAgainAt : expiresAt;
  }

  /** A token that may be cached until it expires. */
  public VerifiedToken(String jti, Caller caller, Resource audience, Instant expiresAt) {
    this(jti, caller, audience, expiresAt, expiresAt);
  }
}
