package dev.ostiary.gateway.token;

import dev.ostiary.protocol.GrantId;
import java.time.Instant;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The access tokens that have been found good, until they expire, are revoked, or their grant ends.
 * Looking one up takes no lock. Only good tokens get in, so callers without one cannot fill it.
 */
public final class TokenCache {
  private final int limit;
  private final ConcurrentMap<TokenHash, VerifiedToken> tokens = new ConcurrentHashMap<>();
  private volatile long epoch;

  public TokenCache(int limit) {
    this.limit = limit;
  }

  /** Moves whenever a grant ends or a token is revoked. Read it before a token is verified. */
  long epoch() {
    return epoch;
  }

  /** How many there are, some of them expired. */
  int size() {
    return tokens.size();
  }

  @Nullable VerifiedToken find(TokenHash hash, Instant now) {
    VerifiedToken token = tokens.get(hash);
    if (token != null && !now.isBefore(token.checkAgainAt())) {
      tokens.remove(hash, token);
      return null;
    }
    return token;
  }

  /**
   * Keeps a token that was found good, unless something was revoked since: it may have been this
   * one.
   *
   * @param epoch from before the verification
   * @return whether it is kept
   */
  synchronized boolean keep(TokenHash hash, VerifiedToken token, long epoch, Instant now) {
    if (this.epoch != epoch) {
      return false;
    }
    if (tokens.size() >= limit) {
      makeRoom(now);
    }
    tokens.put(hash, token);
    return true;
  }

  /** Forgets all tokens of a grant, and those that are being verified just now. */
  synchronized void drop(GrantId grant) {
    epoch = epoch + 1;
    tokens.values().removeIf(token -> grant.equals(token.caller().ownGrant()));
  }

  /** Forgets one token, and those that are being verified just now. */
  synchronized void drop(String jti) {
    epoch = epoch + 1;
    tokens.values().removeIf(token -> token.jti().equals(jti));
  }

  /** What has expired goes; if that is not enough, an eighth of the rest, whichever. */
  private void makeRoom(Instant now) {
    tokens.values().removeIf(token -> !now.isBefore(token.checkAgainAt()));
    Iterator<TokenHash> any = tokens.keySet().iterator();
    for (int excess = tokens.size() - limit + limit / 8 + 1;
        excess > 0 && any.hasNext();
        excess--) {
      any.next();
      any.remove();
    }
  }
}
