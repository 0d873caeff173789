package dev.ostiary.embed;

import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.authorization.upstream.UpstreamCredentials.Refusal;
import dev.ostiary.authorization.upstream.UpstreamTokens;
import dev.ostiary.gateway.credential.UserTokens;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;

/** The upstream tokens that the authorization server keeps behind its grants. */
final class KeptUserTokens implements UserTokens {
  private final UpstreamCredentials credentials;

  KeptUserTokens(UpstreamCredentials credentials) {
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

  private static Found found(Result<UpstreamTokens, Refusal> result) {
    return switch (result) {
      case Result.Ok<UpstreamTokens, Refusal>(UpstreamTokens tokens) ->
          new Token(tokens.accessToken(), tokens.expiresAt());
      case Result.Refused<UpstreamTokens, Refusal>(Refusal.SignInAgain _) -> new SignInAgain();
      case Result.Refused<UpstreamTokens, Refusal>(Refusal.Unavailable _) -> new Unavailable();
    };
  }
}
