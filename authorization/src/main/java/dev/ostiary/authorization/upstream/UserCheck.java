package dev.ostiary.authorization.upstream;

import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.UpstreamToken;
import dev.ostiary.authorization.store.UpstreamTokenStore;
import dev.ostiary.authorization.upstream.UpstreamCredentials.Refusal;
import dev.ostiary.protocol.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

  private static final System.Logger LOG = System.getLogger(UserCheck.class.getName());

  private final UpstreamTokenStore store;
  private final Upstreams upstreams;
  private final TokenRefresh refresh;
  private final GrantTerminator ending;
  private final InstantSource time;
  private final CheckThrottle asked = new CheckThrottle();
  private final ReentrantLock[] locks =
      IntStream.range(0, LOCKS).mapToObj(_ -> new ReentrantLock()).toArray(ReentrantLock[]::new);

  UserCheck(
      UpstreamTokenStore store,
      Upstreams upstreams,
      TokenRefresh refresh,
      GrantTerminator ending,
      InstantSource time) {
    this.store = store;
    this.upstreams = upstreams;
    this.refresh = refresh;
    this.ending = ending;
    this.time = time;
  }

  /**
   * These tokens or newer ones, unless the upstream has had enough of them or of their user, or has
   * not said otherwise for too long.
   *
   * @param signedIn when the user signed in
   */
  Result<UpstreamTokenResponse, Refusal> confirm(
      UpstreamToken kept, UpstreamTokenResponse tokens, Instant signedIn, Duration interval) {
    if (isRecent(kept, signedIn)) {
      return isDue(kept, signedIn, interval) ? ask(kept, tokens, signedIn) : Result.ok(tokens);
    }
    ReentrantLock lock = locks[Math.floorMod(kept.id().hashCode(), LOCKS)];
    lock.lock();
    try {
      UpstreamToken current = store.find(kept.id()).orElse(kept);
      if (isDue(current, signedIn, interval)) {
        return ask(kept, tokens, signedIn);
      }
      return isRecent(current, signedIn)
          ? Result.ok(tokens)
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
      UpstreamToken kept, UpstreamTokenResponse tokens, Instant signedIn) {
    Result<UpstreamIdentity, UpstreamRefusal> answer = ask(kept, tokens);
    return isRejected(answer)
        ? refresh.of(kept).then(fresh -> judge(kept, fresh, signedIn, ask(kept, fresh)))
        : judge(kept, tokens, signedIn, answer);
  }

  private Result<UpstreamIdentity, UpstreamRefusal> ask(
      UpstreamToken kept, UpstreamTokenResponse tokens) {
    return upstreams.has(kept.upstream())
        ? upstreams.named(kept.upstream()).check(tokens)
        : Result.refused(new UpstreamRefusal.Unavailable("it is not configured any more"));
  }

  private static boolean isRejected(Result<UpstreamIdentity, UpstreamRefusal> answer) {
    return answer
        instanceof Result.Refused<UpstreamIdentity, UpstreamRefusal>(UpstreamRefusal.Rejected _);
  }

  private Result<UpstreamTokenResponse, Refusal> judge(
      UpstreamToken kept,
      UpstreamTokenResponse tokens,
      Instant signedIn,
      Result<UpstreamIdentity, UpstreamRefusal> answer) {
    return switch (answer) {
      case Result.Ok<UpstreamIdentity, UpstreamRefusal>(UpstreamIdentity identity) -> {
        if (!identity.userId().equals(kept.user())) {
          yield end(kept);
        }
        store.confirm(kept.id(), time.instant());
        yield Result.ok(tokens);
      }
      case Result.Refused<UpstreamIdentity, UpstreamRefusal>(UpstreamRefusal.NotAllowed _) ->
          end(kept);
      case Result.Refused<UpstreamIdentity, UpstreamRefusal>(UpstreamRefusal refusal) ->
          undecided(kept, tokens, signedIn, refusal);
    };
  }

  private Result<UpstreamTokenResponse, Refusal> undecided(
      UpstreamToken kept, UpstreamTokenResponse tokens, Instant signedIn, UpstreamRefusal refusal) {
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
    return recent ? Result.ok(tokens) : Result.refused(new Refusal.Unavailable(wait(refusal, now)));
  }

  private static Duration wait(UpstreamRefusal refusal, Instant now) {
    if (refusal instanceof UpstreamRefusal.Limited limited && limited.until().isAfter(now)) {
      Duration left = Duration.between(now, limited.until());
      return left.compareTo(GOOD) < 0 ? left : GOOD;
    }
    return Refusal.Unavailable.SOON;
  }

  private Result<UpstreamTokenResponse, Refusal> end(UpstreamToken kept) {
    Instant now = time.instant();
    store
        .grantsOn(kept.id(), now)
        .forEach(grant -> ending.end(grant, EndReason.UPSTREAM_REVOKED, now));
    return Result.refused(new Refusal.SignInAgain());
  }
}
