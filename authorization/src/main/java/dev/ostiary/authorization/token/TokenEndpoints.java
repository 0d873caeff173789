package dev.ostiary.authorization.token;

import dev.ostiary.http.Endpoint;
import dev.ostiary.protocol.GrantType;
import dev.ostiary.protocol.Issuer;
import java.util.List;

/** The token, revocation and introspection endpoints, and the grant types that are exchanged. */
public final class TokenEndpoints {
  private final List<GrantExchange> exchanges;
  private final List<Endpoint> endpoints;

  private TokenEndpoints(List<GrantExchange> exchanges, List<Endpoint> endpoints) {
    this.exchanges = exchanges;
    this.endpoints = endpoints;
  }

  /** Wires them. A further grant type is a further exchange in this list. */
  public static TokenEndpoints of(
      Issuer issuer, TokenDependencies with, ExchangeDependencies exchange) {
    List<GrantExchange> exchanges =
        List.of(new CodeExchange(with, exchange), new RefreshExchange(with, exchange));
    return new TokenEndpoints(
        exchanges,
        List.of(
            new TokenEndpoint(issuer.path(), with, exchanges, exchange.limits()),
            new RevokeEndpoint(issuer.path(), with),
            new IntrospectEndpoint(issuer, with)));
  }

  /** The endpoints, in this order. */
  public List<Endpoint> endpoints() {
    return endpoints;
  }

  /** What works here, and so what is advertised. */
  public List<GrantType> grantTypes() {
    return exchanges.stream().map(GrantExchange::grantType).toList();
  }
}
