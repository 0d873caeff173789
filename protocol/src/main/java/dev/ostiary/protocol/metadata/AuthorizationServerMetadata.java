package dev.ostiary.protocol.metadata;

import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.GrantType;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Json;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.Scopes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an authorization server publishes about itself (RFC 8414 §2). Members that have no value are
 * left out; those whose default would be untrue are always there.
 *
 * @param registrationEndpoint null if clients cannot register (RFC 7591)
 * @param revocation where clients give tokens up (RFC 7009)
 * @param introspection where clients ask about tokens (RFC 7662)
 * @param protectedResources what it issues tokens for (RFC 9728 §4)
 * @param clientIdMetadataDocumentSupported whether a client may be named by a URL
 *     (draft-ietf-oauth-client-id-metadata-document §5)
 * @param serviceDocumentation a page for developers, or null
 * @param clientAssertionAlgorithms what clients may sign their assertions with, wherever {@code
 *     private_key_jwt} is among the methods
 */
public record AuthorizationServerMetadata(
    Issuer issuer,
    String authorizationEndpoint,
    String tokenEndpoint,
    String jwksUri,
    @Nullable String registrationEndpoint,
    Scopes scopes,
    List<GrantType> grantTypes,
    List<ClientAuthenticationMethod> tokenEndpointAuthMethods,
    ClientEndpoint revocation,
    ClientEndpoint introspection,
    List<Resource> protectedResources,
    boolean clientIdMetadataDocumentSupported,
    @Nullable String serviceDocumentation,
    List<String> clientAssertionAlgorithms) {
  /** An endpoint that only authenticated clients may call. */
  public record ClientEndpoint(String uri, List<ClientAuthenticationMethod> authMethods) {
    public ClientEndpoint {
      authMethods = List.copyOf(authMethods);
    }
  }

  public AuthorizationServerMetadata {
    grantTypes = List.copyOf(grantTypes);
    tokenEndpointAuthMethods = List.copyOf(tokenEndpointAuthMethods);
    protectedResources = List.copyOf(protectedResources);
    clientAssertionAlgorithms = List.copyOf(clientAssertionAlgorithms);
  }

  public String toJson() {
    ObjectNode json = Json.object();
    json.put("issuer", issuer.value());
    json.put("authorization_endpoint", authorizationEndpoint);
    json.put("token_endpoint", tokenEndpoint);
    json.put("jwks_uri", jwksUri);
    text(json, "registration_endpoint", registrationEndpoint);
    array(json, "scopes_supported", scopes.stream().map(Scope::value).toList());
    array(json, "response_types_supported", List.of("code"));
    array(json, "response_modes_supported", List.of("query"));
    array(json, "grant_types_supported", grantTypes.stream().map(GrantType::toWire).toList());
    methods(json, "token_endpoint", tokenEndpointAuthMethods);
    json.put("revocation_endpoint", revocation.uri());
    methods(json, "revocation_endpoint", revocation.authMethods());
    json.put("introspection_endpoint", introspection.uri());
    methods(json, "introspection_endpoint", introspection.authMethods());
    array(json, "code_challenge_methods_supported", List.of("S256"));
    json.put("authorization_response_iss_parameter_supported", true);
    if (clientIdMetadataDocumentSupported) {
      json.put("client_id_metadata_document_supported", true);
    }
    array(json, "protected_resources", protectedResources.stream().map(Resource::value).toList());
    text(json, "service_documentation", serviceDocumentation);
    return Json.write(json);
  }

  /** Algorithms are there exactly where something is signed with them (RFC 8414 §2). */
  private void methods(ObjectNode json, String endpoint, List<ClientAuthenticationMethod> methods) {
    array(
        json,
        endpoint + "_auth_methods_supported",
        methods.stream().map(ClientAuthenticationMethod::toWire).toList());
    if (methods.contains(ClientAuthenticationMethod.PRIVATE_KEY_JWT)) {
      array(json, endpoint + "_auth_signing_alg_values_supported", clientAssertionAlgorithms);
    }
  }

  private static void text(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static void array(ObjectNode json, String name, List<String> values) {
    if (!values.isEmpty()) {
      ArrayNode array = json.putArray(name);
      values.forEach(array::add);
    }
  }
}
