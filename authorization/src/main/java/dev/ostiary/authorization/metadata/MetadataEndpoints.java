package dev.ostiary.authorization.metadata;

import dev.ostiary.authorization.key.SigningKeys;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.http.Endpoint;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.metadata.AuthorizationServerMetadata;
import dev.ostiary.protocol.metadata.AuthorizationServerMetadata.ClientEndpoint;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The documents an authorization server publishes. Everything in them comes from what is configured
 * and switched on, and nothing from a request.
 */
public final class MetadataEndpoints {
  private static final String JWKS = "/.well-known/jwks.json";

  /** RFC 8414, and the name that OpenID Connect clients look under: the same document. */
  private static final List<String> NAMES =
      List.of("/.well-known/oauth-authorization-server", "/.well-known/openid-configuration");

  private MetadataEndpoints() {}

  public static List<Endpoint> of(
      Issuer issuer,
      Capabilities offer,
      List<ProtectedServer> servers,
      SigningKeys keys,
      InstantSource time) {
    String document = metadata(issuer, offer, servers).toJson();
    List<Endpoint> endpoints = new ArrayList<>();
    for (String path : paths(issuer.path())) {
      endpoints.add(new DocumentEndpoint(path, () -> document));
    }
    endpoints.add(keys(issuer, keys, time));
    return List.copyOf(endpoints);
  }

  /** The public keys (RFC 7517 §5). */
  public static Endpoint keys(Issuer issuer, SigningKeys keys, InstantSource time) {
    return new DocumentEndpoint(issuer.path() + JWKS, () -> keys.jwks(time.instant()));
  }

  static AuthorizationServerMetadata metadata(
      Issuer issuer, Capabilities offer, List<ProtectedServer> servers) {
    return new AuthorizationServerMetadata(
        issuer,
        issuer.at("/authorize"),
        issuer.at("/token"),
        issuer.at(JWKS),
        offer.registration() ? issuer.at("/register") : null,
        scopes(servers),
        offer.grantTypes(),
        offer.clientAuthentication(),
        new ClientEndpoint(issuer.at("/revoke"), offer.clientAuthentication()),
        new ClientEndpoint(issuer.at("/introspect"), offer.introspectionAuthentication()),
        servers.stream().map(ProtectedServer::resource).toList(),
        offer.clientIdMetadataDocuments(),
        offer.serviceDocumentation(),
        offer.assertionAlgorithms());
  }

  /** The defaults only: a list of everything would make clients ask for everything. */
  private static Scopes scopes(List<ProtectedServer> servers) {
    Scopes defaults =
        servers.stream().map(ProtectedServer::defaultScopes).reduce(Scopes.none(), Scopes::union);
    return defaults.union(Scopes.OFFLINE_ACCESS);
  }

  /**
   * Where clients look: at the root, and for an issuer with a path with that after the name (RFC
   * 8414 §3.1) or before it (OpenID Connect Discovery §4.1).
   */
  private static Set<String> paths(String issuerPath) {
    Set<String> paths = new LinkedHashSet<>();
    for (String name : NAMES) {
      paths.add(name);
      paths.add(name + issuerPath);
      paths.add(issuerPath + name);
    }
    return paths;
  }
}
