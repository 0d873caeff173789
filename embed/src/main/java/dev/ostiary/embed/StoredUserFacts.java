package dev.ostiary.embed;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.authorization.upstream.UpstreamCredentials.Refusal;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.gateway.stdio.UserFacts;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Optional;

/** What the sign-in behind a grant has told of the user. */
final class StoredUserFacts implements UserFacts {
  private final GrantStore grants;
  private final UpstreamCredentials credentials;
  private final InstantSource time;

  StoredUserFacts(GrantStore grants, UpstreamCredentials credentials, InstantSource time) {
    this.grants = grants;
    this.credentials = credentials;
    this.time = time;
  }

  @Override
  public Optional<String> login(Caller caller) {
    GrantId grant = caller.ownGrant();
    return grant == null
        ? Optional.empty()
        : grants.find(grant, time.instant()).map(Grant::userName);
  }

  /** Of the ID token (OpenID Connect Core §5.1), whose signature was checked at the sign-in. */
  @Override
  public Optional<String> email(Caller caller) {
    GrantId grant = caller.ownGrant();
    if (grant == null
        || !(credentials.find(grant)
            instanceof Result.Ok<UpstreamTokenResponse, Refusal>(UpstreamTokenResponse tokens))) {
      return Optional.empty();
    }
    Secret idToken = tokens.idToken();
    try {
      return idToken == null
          ? Optional.empty()
          : email(JWTParser.parse(idToken.reveal()).getJWTClaimsSet());
    } catch (ParseException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<String> email(JWTClaimsSet claims) throws ParseException {
    return claims.getClaim("email_verified") instanceof Boolean verified && verified
        ? Optional.ofNullable(claims.getStringClaim("email"))
        : Optional.empty();
  }
}
