package dev.ostiary.authorization.upstream;

import dev.ostiary.authorization.store.UpstreamToken;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.authorization.upstream.UpstreamCredentials.Refusal;
import dev.ostiary.protocol.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Settles doubts about tokens: however many calls a backend refuses at the same time, the upstream
 * is asked by one of them, and a backend that refuses good tokens costs it little.
 */
final class TokenRevalidation {
  private static final Duration SETTLED = Duration.ofSeconds(30);
  private static final int MOST = 10_000;
  private static final int LOCKS = 64;

  private record Answered(long version, Instant until) {}

  private final TokenRefresh refresh;
  private final Function<UpstreamToken, Result<UpstreamTokenResponse, Refusal>> open;
  private final InstantSource time;
  private final ReentrantLock[] locks =
      IntStream.range(0, LOCKS).mapToObj(_ -> new ReentrantLock()).toArray(ReentrantLock[]::new);
  private final Map<UpstreamTokenId, Answered> answered = new LinkedHashMap<>();

  /**
   * @param open reads tokens
   */
  TokenRevalidation(
      TokenRefresh refresh,
      Function<UpstreamToken, Result<UpstreamTokenResponse, Refusal>> open,
      InstantSource time) {
    this.refresh = refresh;
    this.open = open;
    this.time = time;
  }

  /**
   * Newer tokens, or these if nothing speaks against them.
   *
   * @param ask the upstream
   */
  Result<UpstreamTokenResponse, Refusal> settle(
      UpstreamToken doubted,
      BiFunction<UpstreamToken, UpstreamTokenResponse, Result<UpstreamTokenResponse, Refusal>>
          ask) {
    ReentrantLock lock = locks[Math.floorMod(doubted.id().hashCode(), LOCKS)];
    lock.lock();
    try {
      return refresh
          .find(doubted.id())
          .map(current -> settle(doubted, current, ask))
          .orElseGet(() -> Result.refused(new Refusal.SignInAgain()));
    } finally {
      lock.unlock();
    }
  }

  private Result<UpstreamTokenResponse, Refusal> settle(
      UpstreamToken doubted,
      UpstreamToken current,
      BiFunction<UpstreamToken, UpstreamTokenResponse, Result<UpstreamTokenResponse, Refusal>>
          ask) {
    if (current.version() != doubted.version() || isAnswered(current)) {
      return open.apply(current);
    }
    Result<UpstreamTokenResponse, Refusal> answer =
        open.apply(current).then(tokens -> ask.apply(current, tokens));
    note(current);
    return answer;
  }

  private synchronized boolean isAnswered(UpstreamToken token) {
    Answered known = answered.get(token.id());
    return known != null
        && known.version() == token.version()
        && time.instant().isBefore(known.until());
  }

  private synchronized void note(UpstreamToken token) {
    answered.remove(token.id());
    answered.put(token.id(), new Answered(token.version(), time.instant().plus(SETTLED)));
    if (answered.size() > MOST) {
      answered.remove(answered.keySet().iterator().next());
    }
  }
}
