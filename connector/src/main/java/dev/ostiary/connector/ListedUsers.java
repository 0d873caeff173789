package dev.ostiary.connector;

import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.gateway.call.AllowedUsers;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The users on the list of one server. The identity provider is asked with the user's own tokens,
 * and again every ten minutes; when it cannot be asked, what was known goes on, but a yes only for
 * an hour.
 */
public final class ListedUsers implements AllowedUsers {
  private static final int MOST = 50_000;
  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Duration GOOD = Duration.ofHours(1);

  /** Whether a user is on the list. */
  @FunctionalInterface
  public interface Check {
    /**
     * Why not: {@link UpstreamRefusal.NotAllowed}, or another refusal if it cannot be found out;
     * empty if they are.
     *
     * @param userId stable, as the upstream gave it
     */
    Optional<UpstreamRefusal> refusal(String userId, UpstreamTokenResponse tokens);
  }

  /**
   * What the identity provider said.
   *
   * @param at when
   * @param until when it is asked again
   */
  private record Known(Verdict verdict, Instant at, Instant until) {}

  private final String prefix;
  private final Check check;
  private final UpstreamCredentials credentials;
  private final InstantSource time;
  private final ConcurrentMap<Subject, Known> known = new ConcurrentHashMap<>();

  /**
   * The users of an upstream.
   *
   * @param upstream its name
   */
  public ListedUsers(
      String upstream, Check check, UpstreamCredentials credentials, InstantSource time) {
    this.prefix = upstream + ":";
    this.check = check;
    this.credentials = credentials;
    this.time = time;
  }

  @Override
  public @Nullable Verdict known(Caller caller) {
    Known lately = known.get(caller.subject());
    return lately != null && time.instant().isBefore(lately.until()) ? lately.verdict() : null;
  }

  @Override
  public Verdict ask(Caller caller) {
    String subject = caller.subject().value();
    if (!subject.startsWith(prefix)) {
      return Verdict.NOT_ALLOWED;
    }
    String user = subject.substring(prefix.length());
    return switch (credentials.find(caller.grant())) {
      case Result.Ok<UpstreamTokenResponse, UpstreamCredentials.Refusal>(
              UpstreamTokenResponse tokens) ->
          ask(caller, user, tokens, true);
      case Result.Refused<UpstreamTokenResponse, UpstreamCredentials.Refusal>(
              UpstreamCredentials.Refusal refusal) ->
          refused(caller, refusal);
    };
  }

  private Verdict ask(Caller caller, String user, UpstreamTokenResponse tokens, boolean mayRenew) {
    return switch (check.refusal(user, tokens).orElse(null)) {
      case null -> remember(caller, Verdict.ALLOWED);
      case UpstreamRefusal.NotAllowed _ -> remember(caller, Verdict.NOT_ALLOWED);
      case UpstreamRefusal.Rejected _ when mayRenew ->
          switch (credentials.renew(caller.grant(), tokens)) {
            case Result.Ok<UpstreamTokenResponse, UpstreamCredentials.Refusal>(
                    UpstreamTokenResponse fresh) ->
                ask(caller, user, fresh, false);
            case Result.Refused<UpstreamTokenResponse, UpstreamCredentials.Refusal>(
                    UpstreamCredentials.Refusal refusal) ->
                refused(caller, refusal);
          };
      case UpstreamRefusal _ -> asBefore(caller);
    };
  }

  private Verdict refused(Caller caller, UpstreamCredentials.Refusal refusal) {
    return switch (refusal) {
      case UpstreamCredentials.Refusal.SignInAgain _ -> Verdict.SIGN_IN_AGAIN;
      case UpstreamCredentials.Refusal.Unavailable _ -> asBefore(caller);
    };
  }

  private Verdict asBefore(Caller caller) {
    Known before = known.get(caller.subject());
    Instant now = time.instant();
    if (before == null
        || (before.verdict() == Verdict.ALLOWED && now.isAfter(before.at().plus(GOOD)))) {
      return Verdict.UNKNOWN;
    }
    known.put(caller.subject(), new Known(before.verdict(), before.at(), now.plus(SOON)));
    return before.verdict();
  }

  private Verdict remember(Caller caller, Verdict verdict) {
    Instant now = time.instant();
    if (known.size() >= MOST) {
      known.values().removeIf(old -> !now.isBefore(old.until()));
    }
    if (known.size() < MOST) {
      known.put(caller.subject(), new Known(verdict, now, now.plus(FRESH)));
    }
    return verdict;
  }
}
