package dev.ostiary.authorization.token;

import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.client.ClientAuthenticator;
import dev.ostiary.authorization.key.AccessTokens;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.http.Endpoint;
import dev.ostiary.protocol.Issuer;
import java.time.InstantSource;
import java.util.List;

/** How clients ask about their tokens. */
public final class IntrospectEndpoints {
  private IntrospectEndpoints() {}

  public static List<Endpoint> of(
      Issuer issuer,
      ClientAuthenticator clients,
      GrantStore store,
      AccessTokens accessTokens,
      AuditLog audit,
      InstantSource time) {
    return List.of(
        new IntrospectEndpoint(
            issuer.path(),
            ClientForms.of(clients),
            new Introspection(issuer, store, accessTokens),
            audit,
            time));
  }
}
