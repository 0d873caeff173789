package dev.ostiary.authorization.upstream;

import dev.ostiary.authorization.key.Sealer;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.UpstreamToken;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The credentials that are kept in the store. Tokens are refreshed when they have less than a
 * minute left, by one caller on one node; when the upstream has withdrawn them, every grant that
 * rests on them ends. The upstream is asked now and then whether it still stands by the user.
 */
public final class StoredUpstreamTokens implements UpstreamCredentials, UpstreamCheck {
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final GrantStore grants;
  private final UpstreamTokenCodec text;
  private final TokenRefresh refresh;
  private final UserCheck check;
  private final TokenRevalidation doubts;
  private final InstantSource time;

  private StoredUpstreamTokens(
      GrantStore grants,
      UpstreamTokenCodec text,
      TokenRefresh refresh,
      UserCheck check,
      InstantSource time) {
    this.grants = grants;
    this.text = text;
    this.refresh = refresh;
    this.check = check;
    this.doubts = new TokenRevalidation(refresh, this::opened, time);
    this.time = time;
  }

  /**
   * @param ending what ends a grant whose upstream tokens are dead
   */
  public static StoredUpstreamTokens of(
      Store store, Sealer sealer, Upstreams upstreams, GrantTerminator ending, InstantSource time) {
    UpstreamTokenCodec text = new UpstreamTokenCodec(sealer);
    TokenRefresh refresh = new TokenRefresh(store.upstreamTokens(), upstreams, text, ending, time);
    return new StoredUpstreamTokens(
        store.grants(),
        text,
        refresh,
        new UserCheck(store.upstreamTokens(), upstreams, refresh, ending, time),
        time);
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

  private Result<UpstreamTokenResponse, Refusal> confirmed(
      Grant grant, UpstreamToken kept, Duration interval) {
    return fresh(kept).then(tokens -> check.confirm(kept, tokens, grant.createdAt(), interval));
  }

  private Result<UpstreamTokenResponse, Refusal> fresh(UpstreamToken kept) {
    Optional<UpstreamTokenResponse> tokens = text.open(kept);
    if (tokens.isEmpty()) {
      return Result.refused(new Refusal.SignInAgain());
    }
    Instant expiresAt = kept.expiresAt();
    Instant now = time.instant();
    boolean lasts = expiresAt == null || expiresAt.isAfter(now.plus(MARGIN));
    boolean lastsALittle = expiresAt != null && expiresAt.isAfter(now);
    if (lasts || (lastsALittle && tokens.get().refreshToken() == null)) {
      return Result.ok(tokens.get());
    }
    Result<UpstreamTokenResponse, Refusal> fresh = refresh.of(kept);
    boolean notAtPresent =
        fresh instanceof Result.Refused<UpstreamTokenResponse, Refusal>(Refusal.Unavailable _);
    return notAtPresent && lastsALittle ? Result.ok(tokens.get()) : fresh;
  }

  @Override
  public Result<UpstreamTokenResponse, Refusal> renew(
      GrantId grant, UpstreamTokenResponse refused) {
    Optional<UpstreamToken> kept = kept(grant);
    Optional<UpstreamTokenResponse> tokens = kept.flatMap(text::open);
    if (kept.isEmpty() || tokens.isEmpty()) {
      return Result.refused(new Refusal.SignInAgain());
    }
    return tokens.get().accessToken().equals(refused.accessToken())
        ? refresh.of(kept.get())
        : Result.ok(tokens.get());
  }

  @Override
  public Result<UpstreamTokenResponse, Refusal> reconsider(GrantId id, Secret refused) {
    Optional<Grant> grant = grants.find(id, time.instant());
    Optional<UpstreamToken> kept = grant.flatMap(this::backing);
    if (kept.isEmpty()) {
      return Result.refused(new Refusal.SignInAgain());
    }
    Instant signedIn = grant.orElseThrow().createdAt();
    return opened(kept.get())
        .then(
            tokens ->
                tokens.accessToken().equals(refused)
                    ? doubts.settle(
                        kept.get(),
                        (token, its) -> check.confirm(token, its, signedIn, Duration.ZERO))
                    : Result.ok(tokens));
  }

  private Result<UpstreamTokenResponse, Refusal> opened(UpstreamToken token) {
    return text.open(token)
        .<Result<UpstreamTokenResponse, Refusal>>map(Result::ok)
        .orElseGet(() -> Result.refused(new Refusal.SignInAgain()));
  }

  private Optional<UpstreamToken> kept(GrantId grant) {
    return grants.find(grant, time.instant()).flatMap(this::backing);
  }

  private Optional<UpstreamToken> backing(Grant grant) {
    UpstreamTokenId id = grant.upstreamToken();
    return id == null ? Optional.empty() : refresh.find(id);
  }
}
