package dev.ostiary.authorization.grant;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.key.VerifiedAccessToken;
import dev.ostiary.authorization.store.RevocationFeed;
import java.time.Instant;
import java.util.List;

/** Revokes single access tokens, with everything that follows: audit and caches. */
public final class RevokedTokens {
  private final RevocationFeed feed;
  private final AuditLog audit;
  private final List<RevocationListener> listeners;

  private RevokedTokens(RevocationFeed feed, AuditLog audit, List<RevocationListener> listeners) {
    this.feed = feed;
    this.audit = audit;
    this.listeners = List.copyOf(listeners);
  }

  /**
   * The one place where access tokens are revoked by themselves.
   *
   * @param listeners are told at once; those of other nodes learn of it by the feed
   */
  public static RevokedTokens of(
      RevocationFeed feed, AuditLog audit, List<RevocationListener> listeners) {
    return new RevokedTokens(feed, audit, listeners);
  }

  /**
   * Revokes a token; its grant and the grant's other tokens stay. Doing it twice is harmless.
   * Blocks.
   *
   * @param request the id of the request it happens in
   */
  public void add(VerifiedAccessToken token, String request, Instant now) {
    if (feed.revoke(token.id(), token.expiresAt(), now)) {
      audit.record(new AuditEvent.AccessTokenRevoked(now, request, token.grant(), token.client()));
      listeners.forEach(listener -> listener.revoked(token.id()));
    }
  }
}
