package dev.ostiary.gateway.foreign;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.ostiary.gateway.token.TokenHash;
import dev.ostiary.gateway.token.TokenVerifier;
import dev.ostiary.gateway.token.VerifiedToken;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.token.AccessTokenRefusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Checks access tokens by asking their authorization server (RFC 7662). A good one may be cached
 * for a minute, one that is no good is remembered for ten seconds, and of each token one request is
 * under way at a time.
 */
final class IntrospectionVerifier implements TokenVerifier {
  /** How long the word of the authorization server is relied on. */
  static final Duration CACHED = Duration.ofSeconds(60);

  /** How long a token stays refused. */
  static final Duration REFUSED = Duration.ofSeconds(10);

  /** How long calls may go on that are made with a token of which nothing is said about its end. */
  static final Duration UNLIMITED = Duration.ofHours(1);

  private static final int MOST_REFUSED = 10_000;

  private record Remembered(AccessTokenRefusal reason, Instant until) {}

  private final IntrospectionEndpoint endpoint;
  private final ClaimRules rules;
  private final TroubleLog trouble;
  private final InstantSource time;
  private final ConcurrentMap<TokenHash, Remembered> refused = new ConcurrentHashMap<>();
  private final ConcurrentMap<
          TokenHash, CompletableFuture<Result<VerifiedToken, AccessTokenRefusal>>>
      underWay = new ConcurrentHashMap<>();

  IntrospectionVerifier(
      ForeignSettings settings,
      IntrospectionEndpoint endpoint,
      TroubleLog trouble,
      InstantSource time) {
    this.endpoint = endpoint;
    this.rules = new ClaimRules(settings);
    this.trouble = trouble;
    this.time = time;
  }

  @Override
  public Result<VerifiedToken, AccessTokenRefusal> verify(String token) {
    TokenHash hash = TokenHash.of(token);
    Remembered known = refused.get(hash);
    if (known != null && time.instant().isBefore(known.until())) {
      return Result.refused(known.reason());
    }
    CompletableFuture<Result<VerifiedToken, AccessTokenRefusal>> mine = new CompletableFuture<>();
    CompletableFuture<Result<VerifiedToken, AccessTokenRefusal>> running =
        underWay.putIfAbsent(hash, mine);
    if (running != null) {
      return running.join();
    }
    Result<VerifiedToken, AccessTokenRefusal> answer =
        Result.refused(AccessTokenRefusal.UNAVAILABLE);
    try {
      answer = ask(token);
      return answer;
    } finally {
      remember(hash, answer);
      underWay.remove(hash, mine);
      mine.complete(answer);
    }
  }

  private Result<VerifiedToken, AccessTokenRefusal> ask(String token) {
    return switch (endpoint.ask(token)) {
      case IntrospectionEndpoint.Active(JWTClaimsSet claims) -> {
        trouble.fine();
        Instant now = time.instant();
        yield rules.check(claims, now, now.plus(UNLIMITED), now.plus(CACHED));
      }
      case IntrospectionEndpoint.Inactive _ -> {
        trouble.fine();
        yield Result.refused(AccessTokenRefusal.REVOKED);
      }
      case IntrospectionEndpoint.Failed(String why) -> {
        trouble.trouble(why);
        yield Result.refused(AccessTokenRefusal.UNAVAILABLE);
      }
    };
  }

  private void remember(TokenHash hash, Result<VerifiedToken, AccessTokenRefusal> answer) {
    Instant now = time.instant();
    if (answer instanceof Result.Refused<VerifiedToken, AccessTokenRefusal>(var reason)
        && reason != AccessTokenRefusal.UNAVAILABLE) {
      if (refused.size() >= MOST_REFUSED) {
        refused.values().removeIf(old -> !now.isBefore(old.until()));
      }
      if (refused.size() < MOST_REFUSED) {
        refused.put(hash, new Remembered(reason, now.plus(REFUSED)));
      }
    } else {
      refused.remove(hash);
    }
  }
}
