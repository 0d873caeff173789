package dev.ostiary.authorization.upstream;

import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.UpstreamToken;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The credentials that are kept in the store. Tokens are refreshed when they have less than a
 * minute left, by one caller on one node; when the upstream has withdrawn them, every grant that
 * rests on them ends. The upstream is asked now and then whether it still stands by the user. One
 * that is no longer configured stands by no user: such a grant ends when it is refreshed.
 */
public final class StoredUpstreamTokens
    implements UpstreamCredentials, UpstreamCheck, UpstreamAccessTokens {
  private static final Duration MARGIN = Duration.ofMinutes(1);

  /** Ends a grant with everything that descends from it. */
  @FunctionalInterface
  public interface GrantEnd {
    void end(Grant grant, EndReason reason, Instant now);
  }

  private final GrantStore grants;
  private final UpstreamTokens tokens;
  private final GrantEnd ending;
  private final TokenRefresh refresh;
  private final UserCheck check;
  private final InstantSource time;

  private StoredUpstreamTokens(
      GrantStore grants,
      UpstreamTokens tokens,
      GrantEnd ending,
      TokenRefresh refresh,
      UserCheck check,
      InstantSource time) {
    this.grants = grants;
    this.tokens = tokens;
    this.ending = ending;
    this.refresh = refresh;
    this.check = check;
    this.time = time;
  }

  /**
   * @param ending what ends a grant whose upstream tokens are dead
   */
  public static StoredUpstreamTokens of(
      GrantStore grants, UpstreamTokens tokens, GrantEnd ending, InstantSource time) {
    TokenRefresh refresh = new TokenRefresh(tokens, ending, time);
    return new StoredUpstreamTokens(
        grants, tokens, ending, refresh, new UserCheck(tokens, refresh, time), time);
  }

  @Override
  public Result<UpstreamTokenResponse, Refusal> find(GrantId id) {
    Optional<Grant> grant = grants.find(id, time.instant());
    Optional<UpstreamToken> kept = grant.flatMap(this::backing);
    return kept.isEmpty()
        ? Result.refused(new Refusal.SignInAgain())
        : confirmed(grant.orElseThrow(), kept.get(), UserCheck.USE);
  }

  @Override
  public Optional<Refusal> refusal(Grant grant) {
    if (!tokens.upstreams().has(grant.subject().upstream())) {
      ending.end(grant, EndReason.UPSTREAM_REVOKED, time.instant());
      return Optional.of(new Refusal.SignInAgain());
    }
    return backing(grant)
        .flatMap(
            kept ->
                switch (confirmed(grant, kept, UserCheck.REFRESH)) {
                  case Result.Ok<UpstreamTokenResponse, Refusal> _ -> Optional.empty();
                  case Result.Refused<UpstreamTokenResponse, Refusal>(Refusal.Unavailable _)
                      when check.isRecent(kept, grant.createdAt()) ->
                      Optional.empty();
                  case Result.Refused<UpstreamTokenResponse, Refusal>(Refusal refusal) ->
                      Optional.of(refusal);
                });
  }

  @Override
  public Result<UpstreamTokenResponse, Refusal> find(Grant grant, Duration wanted) {
    Optional<UpstreamToken> kept = backing(grant);
    return kept.isEmpty()
        ? Result.refused(new Refusal.SignInAgain())
        : confirmed(grant, kept.get(), UserCheck.USE)
            .then(held -> lasting(kept.get(), held, wanted));
  }

  /** Others if these end too early, and if there can be others now. */
  private Result<UpstreamTokenResponse, Refusal> lasting(
      UpstreamToken kept, UpstreamTokenResponse held, Duration wanted) {
    Instant end = held.expiresAt();
    boolean lasts = end != null && end.isAfter(time.instant().plus(wanted));
    return lasts || wanted.isZero() || held.refreshToken() == null
        ? Result.ok(held)
        : orHeld(refresh.of(kept), held);
  }

  private Result<UpstreamTokenResponse, Refusal> orHeld(
      Result<UpstreamTokenResponse, Refusal> fresh, UpstreamTokenResponse held) {
    boolean notAtPresent =
        fresh instanceof Result.Refused<UpstreamTokenResponse, Refusal>(Refusal.Unavailable _);
    Instant end = held.expiresAt();
    return notAtPresent && (end == null || end.isAfter(time.instant())) ? Result.ok(held) : fresh;
  }

  private Result<UpstreamTokenResponse, Refusal> confirmed(
      Grant grant, UpstreamToken kept, Duration interval) {
    return fresh(kept).then(tokens -> check.confirm(kept, tokens, grant.createdAt(), interval));
  }

  private Result<UpstreamTokenResponse, Refusal> fresh(UpstreamToken kept) {
    return tokens.open(kept).then(held -> fresh(kept, held));
  }

  private Result<UpstreamTokenResponse, Refusal> fresh(
      UpstreamToken kept, UpstreamTokenResponse held) {
    Instant expiresAt = kept.expiresAt();
    Instant now = time.instant();
    boolean lasts = expiresAt == null || expiresAt.isAfter(now.plus(MARGIN));
    boolean lastsALittle = expiresAt != null && expiresAt.isAfter(now);
    if (lasts || (lastsALittle && held.refreshToken() == null)) {
      return Result.ok(held);
    }
    return orHeld(refresh.of(kept), held);
  }

  @Override
  public Result<UpstreamTokenResponse, Refusal> renew(GrantId id, UpstreamTokenResponse refused) {
    return replaced(id, refused.accessToken(), (_, kept) -> refresh.of(kept));
  }

  @Override
  public Result<UpstreamTokenResponse, Refusal> reconsider(GrantId id, Secret refused) {
    return replaced(id, refused, (grant, kept) -> check.revalidate(kept, grant.createdAt()));
  }

  /** The tokens of a grant if they are others than the refused ones; else what is found then. */
  private Result<UpstreamTokenResponse, Refusal> replaced(
      GrantId id,
      Secret refused,
      BiFunction<Grant, UpstreamToken, Result<UpstreamTokenResponse, Refusal>> otherwise) {
    Optional<Grant> grant = grants.find(id, time.instant());
    Optional<UpstreamToken> kept = grant.flatMap(this::backing);
    return kept.isEmpty()
        ? Result.refused(new Refusal.SignInAgain())
        : tokens
            .open(kept.get())
            .then(
                held ->
                    held.accessToken().equals(refused)
                        ? otherwise.apply(grant.orElseThrow(), kept.get())
                        : Result.ok(held));
  }

  private Optional<UpstreamToken> backing(Grant grant) {
    UpstreamTokenId id = grant.upstreamToken();
    return id == null
        ? Optional.empty()
        : tokens.store().find(id).filter(token -> tokens.upstreams().has(token.upstream()));
  }
}
