package dev.ostiary.gateway.token;

import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.token.AccessTokenRefusal;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Tells whether an access token is good: from memory, or by asking once. */
public final class TokenCheck {
  private static final int ATTEMPTS = 3;

  private final TokenVerifier verifier;
  private final TokenCache cache;
  private final InstantSource time;

  public TokenCheck(TokenVerifier verifier, TokenCache cache, InstantSource time) {
    this.verifier = verifier;
    this.cache = cache;
    this.time = time;
  }

  /** The token, if it is known to be good. Does not block. */
  public @Nullable VerifiedToken known(TokenHash hash) {
    return verifier.isCurrent() ? cache.find(hash, time.instant()) : null;
  }

  /**
   * Finds out about a token that is not known. Blocks. If grants end meanwhile it asks again, for
   * one of them may be the token's.
   */
  public Result<VerifiedToken, AccessTokenRefusal> verify(TokenHash hash, String token) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long epoch = cache.epoch();
      Result<VerifiedToken, AccessTokenRefusal> verified = verifier.verify(token);
      if (!(verified instanceof Result.Ok<VerifiedToken, AccessTokenRefusal>(VerifiedToken good))
          || cache.keep(hash, good, epoch, time.instant())) {
        return verified;
      }
    }
    return Result.refused(AccessTokenRefusal.UNAVAILABLE);
  }

  /** How many are known. */
  public int size() {
    return cache.size();
  }

  public void ended(GrantId grant) {
    cache.drop(grant);
  }

  public void revoked(String jti) {
    cache.drop(jti);
  }
}
