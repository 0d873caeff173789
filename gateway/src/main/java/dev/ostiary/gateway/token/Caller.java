package dev.ostiary.gateway.token;

import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Whose call this is: all that a backend learns from an access token, which it never sees.
 *
 * @param ownGrant of an access token of our own; null for one of a foreign authorization server
 */
public record Caller(Subject subject, ClientId client, @Nullable GrantId ownGrant, Scopes scopes) {
  /**
   * The grant of an access token of our own.
   *
   * @throws IllegalStateException if a foreign authorization server issued the token; servers for
   *     which that happens have nothing that depends on a grant
   */
  public GrantId grant() {
    if (ownGrant == null) {
      throw new IllegalStateException("a foreign access token has no grant here");
    }
    return ownGrant;
  }
}
