package dev.ostiary.testkit.wrong;

import static dev.ostiary.testkit.wrong.Fault.*;

import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.testkit.wrong.World.Registered;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How clients of the wrong server register and look after themselves. RFC 7591, RFC 7592. */
final class Registration {
  private static final Set<String> SCRIPTS = Set.of("javascript", "data", "vbscript", "file");
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final int MOST_REFUSALS = 40;

  private final World world;
  private int refusals;

  public Registration(World world) {
    this.world = world;
  }

  Reply register(Request request) {
    Reply reply = answer(request);
    return world.has(REGISTRATION_WITHOUT_CORS) ? reply : World.anyOrigin(reply);
  }

  private Reply answer(Request request) {
    ObjectNode metadata;
    try {
      metadata = World.parse(request.body().bytes());
    } catch (JacksonException malformed) {
      return refuse("invalid_client_metadata");
    }
    if (metadata.isEmpty() && world.has(BLANK_POST_IS_500)) {
      return Reply.text(500, "oops\n");
    }
    String wrong = wrong(metadata);
    return wrong == null ? accept(metadata) : refuse(wrong);
  }

  private @Nullable String wrong(ObjectNode metadata) {
    if (world.has(NOBODY_REGISTERS)
        || (world.has(REFUSES_UNKNOWN_METADATA) && metadata.has("ostiary_check_unknown"))) {
      return "invalid_client_metadata";
    }
    JsonNode uris = metadata.path("redirect_uris");
    if (!uris.isArray() || uris.isEmpty() || (world.has(ONE_REDIRECT_ONLY) && uris.size() > 1)) {
      return "invalid_redirect_uri";
    }
    return uris.valueStream().allMatch(uri -> allowed(uri.asString("")))
        ? null
        : "invalid_redirect_uri";
  }

  private boolean allowed(String text) {
    if (text.contains("*")) {
      return world.has(WILDCARD_REDIRECTS);
    }
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
    if (uri.getScheme() == null) {
      return false;
    }
    if (SCRIPTS.contains(uri.getScheme())) {
      return world.has(SCRIPT_REDIRECTS);
    }
    if (uri.getRawFragment() != null) {
      return world.has(FRAGMENT_REDIRECTS);
    }
    return !uri.getScheme().equals("http")
        || LOOPBACK.contains(uri.getHost())
        || world.has(PLAIN_HTTP_REDIRECTS);
  }

  private Reply refuse(String error) {
    refusals++;
    if (refusals > MOST_REFUSALS && !world.has(REGISTRATIONS_WITHOUT_END)) {
      return World.error(429, "slow_down").with("Retry-After", "60");
    }
    return world.has(REGISTRATION_ERROR_AS_HTML) ? World.page(400, "no") : World.error(400, error);
  }

  private Reply accept(ObjectNode metadata) {
    String id = (world.has(URL_AS_ID) ? "https://ids.example/" : "") + world.chance();
    boolean open = metadata.path("token_endpoint_auth_method").asString("").equals("none");
    boolean secret = !open || world.has(SECRET_FOR_EVERYBODY);
    ObjectNode answer = world.has(REGISTRATION_SAYS_LITTLE) ? World.object() : metadata.deepCopy();
    answer.put("client_id", id);
    if (secret) {
      answer.put("client_secret", world.chance());
      if (!world.has(SECRET_WITHOUT_EXPIRY)) {
        answer.put("client_secret_expires_at", 0);
      }
    }
    answer.put("registration_client_uri", world.base + "/register/" + id);
    answer.put("registration_access_token", world.chance());
    List<String> redirectUris = new ArrayList<>();
    metadata.path("redirect_uris").forEach(uri -> redirectUris.add(uri.asString("")));
    world.clients.put(
        id,
        new Registered(
            id,
            answer.path("client_secret").asString(""),
            redirectUris,
            answer.path("registration_access_token").asString(),
            answer.toString()));
    Reply reply = Reply.json(201, answer.toString());
    return world.has(REGISTRATION_CACHED) ? reply : reply.noStore();
  }

  /** Reads or removes a registration. */
  Reply manage(Request request) {
    Registered client = world.clients.get(request.path().substring("/register/".length()));
    String bearer = request.headers().first("Authorization").orElse("");
    boolean known = client != null && bearer.equals("Bearer " + client.managementToken());
    if (client == null || (!known && !world.has(MANAGEMENT_OPEN))) {
      return World.error(401, "invalid_token").with("WWW-Authenticate", "Bearer");
    }
    if (request.method().equals("DELETE")) {
      if (!world.has(MANAGEMENT_KEEPS)) {
        world.clients.remove(client.id());
      }
      return Reply.of(204);
    }
    return world.has(MANAGEMENT_UNREADABLE)
        ? World.error(403, "access_denied")
        : Reply.json(200, client.json()).noStore();
  }
}
