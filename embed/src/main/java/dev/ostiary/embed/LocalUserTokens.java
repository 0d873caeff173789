package dev.ostiary.embed;

import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.authorization.upstream.UpstreamCredentials.Refusal;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.gateway.credential.UserTokens;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;

/** The upstream tokens that the authorization server keeps behind its grants. */
final class LocalUserTokens implements UserTokens {
  private final UpstreamCredentials credentials;

  LocalUserTokens(UpstreamCredentials credentials) {
    this.credentials = credentials;
  }

  @Override
  public Found find(GrantId grant) {
    return found(credentials.find(grant));
  }

  @Override
  public Found reconsider(GrantId grant, Secret refused) {
    return found(credentials.reconsider(grant, refused));
  }

  private static Found found(Result<UpstreamTokenResponse, Refusal> result) {
    return switch (result) {
      case Result.Ok<UpstreamTokenResponse, Refusal>(UpstreamTokenResponse tokens) ->
          new Token(tokens.accessToken(), tokens.expiresAt());
      case Result.Refused<UpstreamTokenResponse, Refusal>(Refusal.SignInAgain _) ->
          new SignInAgain();
      case Result.Refused<UpstreamTokenResponse, Refusal>(Refusal.Unavailable _) ->
          new Unavailable();
    };
  }
}
