package dev.ostiary.authorization.grant;

import dev.ostiary.protocol.GrantId;

/** Is told, on every node, of what no longer holds: such as a cache of verified access tokens. */
public interface RevocationListener {
  /** A grant ended, and everything that descends from it. */
  void ended(GrantId grant);

  /**
   * One access token was revoked; its grant is still in force.
   *
   * @param jti the token's identifier (RFC 7519 §4.1.7)
   */
  void revoked(String jti);
}
