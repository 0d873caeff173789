package dev.ostiary.authorization.token;

import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.client.ClientAuthenticator;
import dev.ostiary.authorization.grant.Grants;
import dev.ostiary.authorization.grant.RevokedTokens;
import dev.ostiary.authorization.key.AccessTokens;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.http.Endpoint;
import dev.ostiary.protocol.Issuer;
import java.time.InstantSource;
import java.util.List;

/** How clients give tokens up. */
public final class RevokeEndpoints {
  private RevokeEndpoints() {}

  public static List<Endpoint> of(
      Issuer issuer,
      ClientAuthenticator clients,
      GrantStore store,
      Grants grants,
      AccessTokens accessTokens,
      RevokedTokens revokedTokens,
      AuditLog audit,
      InstantSource time) {
    return List.of(
        new RevokeEndpoint(
            issuer.path(),
            ClientForms.of(clients),
            new TokenRevocation(store, grants, accessTokens, revokedTokens),
            audit,
            time));
  }
}
