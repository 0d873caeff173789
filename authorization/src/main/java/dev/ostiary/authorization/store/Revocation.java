package dev.ostiary.authorization.store;

import dev.ostiary.protocol.GrantId;
import java.time.Instant;

/** What no longer holds, from one moment on and on every node. */
public sealed interface Revocation {
  /** A grant ended, and everything that descends from it. */
  record EndedGrant(GrantId grant) implements Revocation {}

  /**
   * One access token was revoked; its grant is still in force.
   *
   * @param jti the token's identifier (RFC 7519 §4.1.7)
   * @param expiresAt when it would have expired
   */
  record RevokedToken(String jti, Instant expiresAt) implements Revocation {}
}
