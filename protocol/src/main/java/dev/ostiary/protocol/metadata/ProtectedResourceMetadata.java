package dev.ostiary.protocol.metadata;

import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import java.net.URI;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a protected resource publishes about itself (RFC 9728 §2).
 *
 * @param resource equal, byte for byte, to the identifier that the document's address was made from
 *     (§3.3)
 * @param authorizationServer the issuer of its access tokens, ours or a foreign one, byte for byte
 * @param scopes the minimal useful set, not the catalogue; never {@code offline_access}, which
 *     names no right at a resource
 * @param name for people
 */
public record ProtectedResourceMetadata(
    Resource resource, String authorizationServer, Scopes scopes, String name) {
  /** Where the documents are (RFC 9728 §3). */
  public static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

  public ProtectedResourceMetadata {
    scopes = scopes.minus(Scopes.OFFLINE_ACCESS);
  }

  /** The path of a resource's document: the well-known one put before its own (RFC 9728 §3.1). */
  public static String path(Resource resource) {
    String path = URI.create(resource.value()).getRawPath();
    return path.equals("/") ? WELL_KNOWN : WELL_KNOWN + path;
  }

  /** The address of a resource's document. */
  public static String uri(Resource resource) {
    URI uri = URI.create(resource.value());
    return uri.getScheme() + "://" + uri.getRawAuthority() + path(resource);
  }

  /** The document. */
  public byte[] toJson() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("resource", resource.value());
    document.putArray("authorization_servers").add(authorizationServer);
    if (!scopes.isEmpty()) {
      ArrayNode supported = document.putArray("scopes_supported");
      scopes.forEach(scope -> supported.add(scope.value()));
    }
    document.putArray("bearer_methods_supported").add("header");
    document.put("resource_name", name);
    return JsonMapper.shared().writeValueAsBytes(document);
  }
}
