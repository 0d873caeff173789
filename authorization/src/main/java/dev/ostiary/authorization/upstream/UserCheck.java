package dev.ostiary.authorization.upstream;

import dev.ostiary.authorization.store.UpstreamToken;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.authorization.store.UpstreamTokenStore;
import dev.ostiary.authorization.upstream.UpstreamCredentials.Refusal;
import dev.ostiary.protocol.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Asks an upstream again about a user who signed in some time ago: a token may have been withdrawn
 * there, and a user may have left. Either ends every grant that rests on the tokens. An upstream
 * that cannot be asked proves nothing, so then everything stays as it is for an hour after its last
 * yes, and it is asked again soon. After that there is nothing until it says yes again: a user who
 * has left could otherwise go on for ever by using up their own rate limit there.
 */
final class UserCheck {
  /** How often it is asked of a grant that is in use. */
  static final Duration USE = Duration.ofMinutes(10);

  /** How soon it is asked again when a client refreshes. */
  static final Duration REFRESH = Duration.ofMinutes(1);

  /** How long a yes is good while the upstream cannot be asked. */
  static final Duration GOOD = Duration.ofHours(1);

  private static final int LOCKS = 64;

  /** How many tokens are remembered as asked about; one that makes room is asked about again. */
  private static final int MOST = 10_000;

  private static final System.Logger LOG = System.getLogger(UserCheck.class.getName());

  private final UpstreamTokens tokens;
  private final UpstreamTokenStore store;
  private final TokenRefresh refresh;
  private final InstantSource time;
  private final LastAsked asked = new LastAsked();
  private final Settled settled = new Settled();
  private final ReentrantLock[] locks =
      IntStream.range(0, LOCKS).mapToObj(_ -> new ReentrantLock()).toArray(ReentrantLock[]::new);

  UserCheck(UpstreamTokens tokens, TokenRefresh refresh, InstantSource time) {
    this.tokens = tokens;
    this.store = tokens.store();
    this.refresh = refresh;
    this.time = time;
  }

  /**
   * These held or newer ones, unless the upstream has had enough of them or of their user, or has
   * not said otherwise for too long.
   *
   * @param signedIn when the user signed in
   */
  Result<UpstreamTokenResponse, Refusal> confirm(
      UpstreamToken kept, UpstreamTokenResponse held, Instant signedIn, Duration interval) {
    if (isRecent(kept, signedIn)) {
      return isDue(kept, signedIn, interval) ? ask(kept, held, signedIn) : Result.ok(held);
    }
    ReentrantLock lock = lock(kept);
    lock.lock();
    try {
      UpstreamToken current = store.find(kept.id()).orElse(kept);
      if (isDue(current, signedIn, interval)) {
        return ask(kept, held, signedIn);
      }
      return isRecent(current, signedIn)
          ? Result.ok(held)
          : Result.refused(new Refusal.Unavailable(Refusal.Unavailable.SOON));
    } finally {
      lock.unlock();
    }
  }

  /** Whether the upstream's last yes is good while it cannot be asked. */
  boolean isRecent(UpstreamToken kept, Instant signedIn) {
    return !time.instant().isAfter(lastYes(kept, signedIn).plus(GOOD));
  }

  private boolean isDue(UpstreamToken kept, Instant signedIn, Duration interval) {
    return asked.isDue(kept.id(), lastYes(kept, signedIn), interval, time.instant());
  }

  private static Instant lastYes(UpstreamToken kept, Instant signedIn) {
    return kept.confirmedAt().isAfter(signedIn) ? kept.confirmedAt() : signedIn;
  }

  private Result<UpstreamTokenResponse, Refusal> ask(
      UpstreamToken kept, UpstreamTokenResponse held, Instant signedIn) {
    Result<UpstreamIdentity, UpstreamRefusal> answer = ask(kept, held);
    return isRejected(answer)
        ? refresh.of(kept).then(fresh -> judge(kept, fresh, signedIn, ask(kept, fresh)))
        : judge(kept, held, signedIn, answer);
  }

  private Result<UpstreamIdentity, UpstreamRefusal> ask(
      UpstreamToken kept, UpstreamTokenResponse held) {
    return tokens.upstreams().has(kept.upstream())
        ? tokens.upstreams().named(kept.upstream()).check(held)
        : Result.refused(new UpstreamRefusal.Unavailable("it is not configured any more"));
  }

  private static boolean isRejected(Result<UpstreamIdentity, UpstreamRefusal> answer) {
    return answer
        instanceof Result.Refused<UpstreamIdentity, UpstreamRefusal>(UpstreamRefusal.Rejected _);
  }

  private Result<UpstreamTokenResponse, Refusal> judge(
      UpstreamToken kept,
      UpstreamTokenResponse held,
      Instant signedIn,
      Result<UpstreamIdentity, UpstreamRefusal> answer) {
    return switch (answer) {
      case Result.Ok<UpstreamIdentity, UpstreamRefusal>(UpstreamIdentity identity) -> {
        if (!identity.userId().equals(kept.user())) {
          yield refresh.endGrants(kept);
        }
        store.confirm(kept.id(), time.instant());
        yield Result.ok(held);
      }
      case Result.Refused<UpstreamIdentity, UpstreamRefusal>(UpstreamRefusal.NotAllowed _) ->
          refresh.endGrants(kept);
      case Result.Refused<UpstreamIdentity, UpstreamRefusal>(UpstreamRefusal refusal) ->
          undecided(kept, held, signedIn, refusal);
    };
  }

  private Result<UpstreamTokenResponse, Refusal> undecided(
      UpstreamToken kept, UpstreamTokenResponse held, Instant signedIn, UpstreamRefusal refusal) {
    Instant now = time.instant();
    asked.mark(kept.id(), now.minus(USE).plus(REFRESH));
    boolean recent = isRecent(kept, signedIn);
    boolean ofUser = refusal instanceof UpstreamRefusal.Limited limited && limited.ofUser();
    LOG.log(
        ofUser ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
        "{0} cannot be asked about user {1}, whom it last stood by at {2}: {3}{4}",
        kept.upstream(),
        kept.user(),
        lastYes(kept, signedIn),
        refusal,
        recent ? "" : "; nothing for this user until it can");
    return recent ? Result.ok(held) : Result.refused(new Refusal.Unavailable(wait(refusal, now)));
  }

  private static Duration wait(UpstreamRefusal refusal, Instant now) {
    if (refusal instanceof UpstreamRefusal.Limited limited && limited.until().isAfter(now)) {
      Duration left = Duration.between(now, limited.until());
      return left.compareTo(GOOD) < 0 ? left : GOOD;
    }
    return Refusal.Unavailable.SOON;
  }

  /**
   * Newer tokens than these, which a server other than the upstream has refused, or these if
   * nothing speaks against them. However many calls such a server refuses at the same time, the
   * upstream is asked by one of them, and not again for these tokens for a while.
   *
   * @param signedIn when the user signed in
   */
  Result<UpstreamTokenResponse, Refusal> revalidate(UpstreamToken doubted, Instant signedIn) {
    ReentrantLock lock = lock(doubted);
    lock.lock();
    try {
      Optional<UpstreamToken> found = store.find(doubted.id());
      if (found.isEmpty()) {
        return Result.refused(new Refusal.SignInAgain());
      }
      UpstreamToken current = found.get();
      if (current.version() != doubted.version() || settled.holds(current, time.instant())) {
        return tokens.open(current);
      }
      Result<UpstreamTokenResponse, Refusal> answer =
          tokens.open(current).then(held -> confirm(current, held, signedIn, Duration.ZERO));
      settled.mark(current, time.instant());
      return answer;
    } finally {
      lock.unlock();
    }
  }

  private ReentrantLock lock(UpstreamToken token) {
    return locks[Math.floorMod(token.id().hashCode(), LOCKS)];
  }

  /** Puts a value behind all others; the first makes room if there are too many. */
  private static <V> void putLast(Map<UpstreamTokenId, V> map, UpstreamTokenId token, V value) {
    map.remove(token);
    map.put(token, value);
    if (map.size() > MOST) {
      map.remove(map.keySet().iterator().next());
    }
  }

  /** When an upstream was last asked about each of its tokens, on this node. */
  private static final class LastAsked {
    private final Map<UpstreamTokenId, Instant> times = new LinkedHashMap<>();

    /**
     * Whether the caller has to ask, because no caller has for so long. Of any number of concurrent
     * calls, one is told so.
     *
     * @param before when it was known otherwise, such as by a sign-in
     */
    synchronized boolean isDue(
        UpstreamTokenId token, Instant before, Duration interval, Instant now) {
      Instant asked = times.getOrDefault(token, before);
      Instant latest = asked.isAfter(before) ? asked : before;
      if (now.isBefore(latest.plus(interval))) {
        return false;
      }
      mark(token, now);
      return true;
    }

    /** Notes a time at which it was asked, or from which on it counts as asked. */
    synchronized void mark(UpstreamTokenId token, Instant at) {
      putLast(times, token, at);
    }
  }

  /** The versions of tokens about which the upstream was asked a moment ago, on this node. */
  private static final class Settled {
    private static final Duration TIME = Duration.ofSeconds(30);

    private record Answered(long version, Instant until) {}

    private final Map<UpstreamTokenId, Answered> answered = new LinkedHashMap<>();

    synchronized boolean holds(UpstreamToken token, Instant now) {
      Answered known = answered.get(token.id());
      return known != null && known.version() == token.version() && now.isBefore(known.until());
    }

    synchronized void mark(UpstreamToken token, Instant now) {
      putLast(answered, token.id(), new Answered(token.version(), now.plus(TIME)));
    }
  }
}
