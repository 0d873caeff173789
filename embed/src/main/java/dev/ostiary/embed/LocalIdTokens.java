package dev.ostiary.embed;

import com.nimbusds.jwt.JWTParser;
import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.authorization.upstream.UpstreamCredentials.Refusal;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.gateway.credential.UserTokens;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The ID tokens of the sign-ins that the authorization server keeps. One that is about to expire is
 * replaced by a refresh, if the identity provider gives another then (OpenID Connect Core §12.2).
 */
final class LocalIdTokens implements UserTokens {
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final UpstreamCredentials credentials;
  private final InstantSource time;

  LocalIdTokens(UpstreamCredentials credentials, InstantSource time) {
    this.credentials = credentials;
    this.time = time;
  }

  @Override
  public Found find(GrantId grant) {
    return switch (credentials.find(grant)) {
      case Result.Ok<UpstreamTokenResponse, Refusal>(UpstreamTokenResponse tokens)
          when isExpiring(tokens) ->
          found(credentials.renew(grant, tokens));
      case Result<UpstreamTokenResponse, Refusal> other -> found(other);
    };
  }

  @Override
  public Found reconsider(GrantId grant, Secret refused) {
    Result<UpstreamTokenResponse, Refusal> current = credentials.find(grant);
    return current instanceof Result.Ok<UpstreamTokenResponse, Refusal>(var tokens)
            && Objects.equals(refused, tokens.idToken())
        ? found(credentials.reconsider(grant, tokens.accessToken()))
        : found(current);
  }

  private boolean isExpiring(UpstreamTokenResponse tokens) {
    Instant end = expiry(tokens.idToken());
    return end != null
        && tokens.refreshToken() != null
        && !end.isAfter(time.instant().plus(MARGIN));
  }

  /** A provider that gives no new ID token has none that a backend could take. */
  private Found found(Result<UpstreamTokenResponse, Refusal> result) {
    return switch (result) {
      case Result.Ok<UpstreamTokenResponse, Refusal>(UpstreamTokenResponse tokens) -> {
        Secret idToken = tokens.idToken();
        Instant end = expiry(idToken);
        yield idToken == null || end == null || !end.isAfter(time.instant())
            ? new SignInAgain()
            : new Token(idToken, end);
      }
      case Result.Refused<UpstreamTokenResponse, Refusal>(Refusal.SignInAgain _) ->
          new SignInAgain();
      case Result.Refused<UpstreamTokenResponse, Refusal>(Refusal.Unavailable _) ->
          new Unavailable();
    };
  }

  /** Null if there is no token, or it does not say. Its signature was checked at the sign-in. */
  private static @Nullable Instant expiry(@Nullable Secret idToken) {
    try {
      Date end =
          idToken == null
              ? null
              : JWTParser.parse(idToken.reveal()).getJWTClaimsSet().getExpirationTime();
      return end == null ? null : end.toInstant();
    } catch (ParseException malformed) {
      return null;
    }
  }
}
