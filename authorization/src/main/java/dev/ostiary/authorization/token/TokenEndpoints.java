package dev.ostiary.authorization.token;

import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.client.ClientAuthenticator;
import dev.ostiary.authorization.grant.Grants;
import dev.ostiary.authorization.key.AccessTokens;
import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.authorization.limit.TokenLimits;
import dev.ostiary.authorization.model.Lifetimes;
import dev.ostiary.authorization.model.ResourceAliases;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.upstream.UpstreamCheck;
import dev.ostiary.http.Endpoint;
import dev.ostiary.protocol.GrantType;
import dev.ostiary.protocol.Issuer;
import java.time.InstantSource;
import java.util.List;

/** The token endpoint and the grant types that it exchanges. */
public final class TokenEndpoints {
  private final List<GrantExchange> exchanges;
  private final Endpoint endpoint;

  private TokenEndpoints(List<GrantExchange> exchanges, Endpoint endpoint) {
    this.exchanges = exchanges;
    this.endpoint = endpoint;
  }

  /**
   * Wires them.
   *
   * @param upstream is asked before a grant lives on
   * @param aliases which MCP server, if any, a name means that a client sent
   */
  public static TokenEndpoints of(
      Issuer issuer,
      ClientAuthenticator clients,
      GrantStore store,
      Grants grants,
      AccessTokens accessTokens,
      ResourceAliases aliases,
      TokenLimits limits,
      UpstreamCheck upstream,
      Lifetimes lifetimes,
      MasterKey masterKey,
      SecretSource secrets,
      AuditLog audit,
      InstantSource time) {
    List<GrantExchange> exchanges =
        List.of(
            new CodeExchange(
                store, grants, accessTokens, aliases, limits, lifetimes, secrets, audit),
            new RefreshExchange(
                store,
                grants,
                accessTokens,
                aliases,
                limits,
                lifetimes,
                masterKey.derive("refresh-token-successor"),
                upstream,
                audit));
    return new TokenEndpoints(
        exchanges, new TokenEndpoint(issuer.path(), clients, exchanges, limits, audit, time));
  }

  public List<Endpoint> endpoints() {
    return List.of(endpoint);
  }

  /** What works here, and so what is advertised. */
  public List<GrantType> grantTypes() {
    return exchanges.stream().map(GrantExchange::grantType).toList();
  }
}
