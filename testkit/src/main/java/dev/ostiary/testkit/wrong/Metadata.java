package dev.ostiary.testkit.wrong;

import static dev.ostiary.testkit.wrong.Fault.*;

import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What the wrong server says about itself. RFC 8414, RFC 9728. */
final class Metadata {
  private static final String RESOURCE = "/.well-known/oauth-protected-resource";
  private static final Reply NOT_FOUND = Reply.text(404, "nothing here\n");
  private static final Reply CLOSED = Reply.text(401, "who are you?\n");

  private final World world;
  private final AccessTokens tokens;

  Metadata(World world, AccessTokens tokens) {
    this.world = world;
    this.tokens = tokens;
  }

  Reply resource(Request request) {
    String path = request.path().substring(RESOURCE.length());
    if (world.has(RESOURCE_METADATA_CLOSED)) {
      return CLOSED;
    }
    boolean known = path.equals("/mcp") || path.equals("/two/mcp");
    if (path.isEmpty() && world.has(ROOT_OF_STRANGER)) {
      return document(resource("https://stranger.example", "/mcp"), "max-age=300");
    }
    if (world.has(NO_RESOURCE_METADATA) || (!known && !world.has(METADATA_OF_NOTHING))) {
      return NOT_FOUND;
    }
    String age = world.has(RESOURCE_METADATA_FOR_EVER) ? "max-age=31536000" : "max-age=300";
    String host = world.has(RESOURCE_METADATA_FOLLOWS_HOST) ? World.host(request.headers()) : "";
    String base = host.isEmpty() ? world.base : "https://" + host;
    Reply reply = document(resource(base, path), age);
    if (world.has(RESOURCE_METADATA_AS_HTML)) {
      reply = reply.replace("Content-Type", "text/html");
    }
    return world.has(RESOURCE_METADATA_WITHOUT_CORS) ? reply : World.anyOrigin(reply);
  }

  private ObjectNode resource(String base, String path) {
    ObjectNode json = World.object();
    json.put("resource", base + path + (world.has(RESOURCE_WITH_SLASH) ? "/" : ""));
    if (!world.has(NO_AUTHORIZATION_SERVER)) {
      World.texts(json, "authorization_servers", world.issuer());
    }
    if (world.has(RESOURCE_OFFLINE_ACCESS)) {
      World.texts(json, "scopes_supported", World.READ, World.OFFLINE);
    } else {
      World.texts(json, "scopes_supported", World.READ);
    }
    if (world.has(BEARER_IN_QUERY)) {
      World.texts(json, "bearer_methods_supported", "header", "query");
    } else {
      World.texts(json, "bearer_methods_supported", "header");
    }
    if (world.has(RESOURCE_EMPTY_MEMBERS)) {
      json.putArray("authorization_details_types_supported");
    }
    return json;
  }

  Reply server(Request request) {
    if (world.has(SERVER_METADATA_CLOSED)) {
      return CLOSED;
    }
    boolean openid = request.path().endsWith("openid-configuration");
    if (world.has(NO_SERVER_METADATA) || (world.has(NOT_AT_THE_ORIGIN) && !openid)) {
      return NOT_FOUND;
    }
    String host = world.has(SERVER_METADATA_FOLLOWS_HOST) ? World.host(request.headers()) : "";
    ObjectNode json = server(host.isEmpty() ? world.base : "https://" + host);
    if (openid && world.has(FORMS_DIFFER)) {
      json.put("token_endpoint", world.base + "/another/token");
    }
    String age = world.has(SERVER_METADATA_FOR_EVER) ? "max-age=31536000" : "max-age=300";
    Reply reply = document(json, age);
    if (world.has(SERVER_METADATA_AS_TEXT)) {
      reply = reply.replace("Content-Type", "text/plain");
    }
    return world.has(SERVER_METADATA_WITHOUT_CORS) ? reply : World.anyOrigin(reply);
  }

  private ObjectNode server(String base) {
    ObjectNode json = World.object();
    json.put("issuer", world.issuer() + (world.has(ISSUER_WITH_SLASH) ? "/" : ""));
    json.put("authorization_endpoint", base + "/authorize");
    json.put("token_endpoint", world.has(RELATIVE_ENDPOINT) ? "/token" : base + "/token");
    String keys = world.has(ENDPOINT_WITHOUT_TLS) ? "http://wrong.example" : base;
    json.put("jwks_uri", keys + "/jwks");
    if (!world.has(NO_WAY_TO_REGISTER)) {
      json.put("registration_endpoint", base + "/register");
    }
    if (!world.has(NO_REVOCATION)) {
      json.put("revocation_endpoint", base + "/revoke");
    }
    json.put("introspection_endpoint", base + "/introspect");
    World.texts(
        json, "response_types_supported", world.has(NO_CODE_RESPONSE_TYPE) ? "id_token" : "code");
    World.texts(json, "scopes_supported", World.READ, World.ADMIN, World.OFFLINE);
    grantsAndMethods(json);
    flags(json);
    return json;
  }

  private void grantsAndMethods(ObjectNode json) {
    if (world.has(OFFERS_IMPLICIT)) {
      World.texts(json, "grant_types_supported", "authorization_code", "refresh_token", "implicit");
    } else {
      World.texts(json, "grant_types_supported", "authorization_code", "refresh_token");
    }
    String methods = "token_endpoint_auth_methods_supported";
    if (world.has(NO_PUBLIC_CLIENTS)) {
      World.texts(json, methods, "client_secret_basic", "client_secret_post");
    } else {
      World.texts(
          json, methods, "none", "client_secret_basic", "client_secret_post", "private_key_jwt");
    }
    String algorithms = "token_endpoint_auth_signing_alg_values_supported";
    if (world.has(SIGNING_ALGORITHM_NONE)) {
      World.texts(json, algorithms, "ES256", "none");
    } else {
      World.texts(json, algorithms, "ES256");
    }
    if (world.has(SERVER_EMPTY_MEMBERS)) {
      json.putArray("ui_locales_supported");
    }
  }

  private void flags(ObjectNode json) {
    String methods = "code_challenge_methods_supported";
    if (world.has(PLAIN_ADVERTISED)) {
      World.texts(json, methods, "S256", "plain");
    } else if (!world.has(PKCE_NOT_ADVERTISED)) {
      World.texts(json, methods, "S256");
    }
    if (!world.has(ISS_NOT_ADVERTISED)) {
      json.put("authorization_response_iss_parameter_supported", true);
    }
    if (!world.has(DOCUMENTS_NOT_ADVERTISED) && !world.has(NO_WAY_TO_REGISTER)) {
      json.put("client_id_metadata_document_supported", true);
    }
  }

  Reply keys() {
    ObjectNode set = World.object();
    List<ObjectNode> keys =
        world.has(NO_KEYS)
            ? List.of()
            : world.has(UNPUBLISHED_KEY)
                ? List.of(tokens.publicKey().put("kid", "another"))
                : List.of(tokens.publicKey());
    if (world.has(PRIVATE_KEYS)) {
      keys.forEach(key -> key.put("d", "c2VjcmV0"));
    }
    keys.forEach(set.putArray("keys")::add);
    return Reply.json(200, set.toString());
  }

  private static Reply document(ObjectNode json, String age) {
    return Reply.json(200, json.toString()).with("Cache-Control", age);
  }
}
