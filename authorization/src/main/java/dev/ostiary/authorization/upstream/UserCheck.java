package dev.ostiary.authorization.upstream;

import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.UpstreamToken;
import dev.ostiary.authorization.store.UpstreamTokenStore;
import dev.ostiary.authorization.upstream.UpstreamCredentials.Refusal;
import dev.ostiary.protocol.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Asks an upstream again about a user who signed in some time ago: a token may have been withdrawn
 * there, and a user may have left. Either ends every grant that rests on the tokens. An upstream
 * that cannot be asked proves nothing, so then everything stays as it is, and it is asked again
 * soon.
 */
final class UserCheck {
  /** How often it is asked of a grant that is in use. */
  static final Duration USE = Duration.ofMinutes(10);

  /** How soon it is asked again when a client refreshes. */
  static final Duration REFRESH = Duration.ofMinutes(1);

  private static final System.Logger LOG = System.getLogger(UserCheck.class.getName());

  private final UpstreamTokenStore store;
  private final Upstreams upstreams;
  private final TokenRefresh refresh;
  private final GrantEnding ending;
  private final InstantSource time;
  private final LastAsked asked = new LastAsked();

  UserCheck(
      UpstreamTokenStore store,
      Upstreams upstreams,
      TokenRefresh refresh,
      GrantEnding ending,
      InstantSource time) {
    this.store = store;
    this.upstreams = upstreams;
    this.refresh = refresh;
    this.ending = ending;
    this.time = time;
  }

  /**
   * These tokens or newer ones, unless the upstream has had enough of them or of their user.
   *
   * @param signedIn when the upstream was last known to welcome the user
   */
  Result<UpstreamTokens, Refusal> confirm(
      UpstreamToken kept, UpstreamTokens tokens, Instant signedIn, Duration interval) {
    if (!asked.isDue(kept.id(), signedIn, interval, time.instant())) {
      return Result.ok(tokens);
    }
    Result<UpstreamIdentity, UpstreamRefusal> answer = ask(kept, tokens);
    if (!isRejected(answer)) {
      return judge(kept, tokens, answer);
    }
    return refresh.of(kept).then(fresh -> judge(kept, fresh, ask(kept, fresh)));
  }

  private Result<UpstreamIdentity, UpstreamRefusal> ask(UpstreamToken kept, UpstreamTokens tokens) {
    return upstreams.has(kept.upstream())
        ? upstreams.named(kept.upstream()).check(tokens)
        : Result.refused(new UpstreamRefusal.Unavailable("it is not configured any more"));
  }

  private static boolean isRejected(Result<UpstreamIdentity, UpstreamRefusal> answer) {
    return answer
        instanceof Result.Refused<UpstreamIdentity, UpstreamRefusal>(UpstreamRefusal.Rejected _);
  }

  private Result<UpstreamTokens, Refusal> judge(
      UpstreamToken kept, UpstreamTokens tokens, Result<UpstreamIdentity, UpstreamRefusal> answer) {
    return switch (answer) {
      case Result.Ok<UpstreamIdentity, UpstreamRefusal>(UpstreamIdentity identity) ->
          identity.userId().equals(kept.user()) ? Result.ok(tokens) : end(kept);
      case Result.Refused<UpstreamIdentity, UpstreamRefusal>(UpstreamRefusal.NotAllowed _) ->
          end(kept);
      case Result.Refused<UpstreamIdentity, UpstreamRefusal>(UpstreamRefusal refusal) -> {
        LOG.log(
            System.Logger.Level.WARNING,
            "{0} cannot be asked about a user: {1}",
            kept.upstream(),
            refusal);
        asked.mark(kept.id(), time.instant().minus(USE).plus(REFRESH));
        yield Result.ok(tokens);
      }
    };
  }

  private Result<UpstreamTokens, Refusal> end(UpstreamToken kept) {
    Instant now = time.instant();
    store
        .grantsOn(kept.id(), now)
        .forEach(grant -> ending.end(grant, EndReason.UPSTREAM_REVOKED, now));
    return Result.refused(new Refusal.SignInAgain());
  }
}
