package dev.ostiary.testkit.wrong;

import static dev.ostiary.testkit.wrong.Fault.*;

import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The door of the wrong server's MCP endpoint: Host, Origin, the access token. RFC 6750. */
final class McpEndpoint {
  private final World world;
  private final AccessTokens tokens;
  private final Conversation conversation;

  McpEndpoint(World world, AccessTokens tokens) {
    this.world = world;
    this.tokens = tokens;
    this.conversation = new Conversation(world);
  }

  Reply handle(Request request) {
    String host = request.headers().first("Host").orElse("");
    if (!host.equals(URI.create(world.base).getRawAuthority()) && !world.has(ANY_HOST)) {
      return Reply.text(421, "another host\n");
    }
    String origin = request.headers().first("Origin").orElse(world.base);
    if (!origin.equals(world.base) && !world.has(ANY_ORIGIN) && !world.has(ANY_HOST)) {
      return Reply.text(403, "another origin\n");
    }
    if (request.method().equals("GET") && world.has(OPEN_STREAM)) {
      return conversation.stream();
    }
    Reply refused = refusal(request);
    return refused == null ? conversation.answer(request) : refused;
  }

  private @Nullable Reply refusal(Request request) {
    List<String> all = request.headers().all("Authorization");
    if (all.isEmpty()) {
      return withoutHeader(request);
    }
    String header = all.getFirst();
    if (!header.startsWith("Bearer ")) {
      return world.has(OTHER_SCHEME_IS_400) ? challenge(400, "", request) : challenge(request);
    }
    String token = header.substring("Bearer ".length());
    if (token.contains(" ")) {
      return world.has(MALFORMED_IS_401)
          ? challenge(401, "invalid_request", request)
          : challenge(400, "invalid_request", request);
    }
    return judge(token, request);
  }

  private @Nullable Reply withoutHeader(Request request) {
    String query = World.parameters(request.query()).get("access_token");
    if (query != null && world.has(READS_QUERY)) {
      return challenge(401, "invalid_token", request);
    }
    if (query != null && world.has(QUERY_LETS_IN)) {
      return judge(query, request);
    }
    boolean list = request.headers().first("Mcp-Method").orElse("").equals("tools/list");
    boolean session = request.headers().has("Mcp-Session-Id");
    boolean open =
        world.has(ANONYMOUS)
            || (list && world.has(OPEN_LISTS))
            || (session && world.has(SESSION_LETS_IN));
    return open ? null : challenge(request);
  }

  private @Nullable Reply judge(String token, Request request) {
    ObjectNode claims = tokens.verify(token, world.base + request.path());
    if (claims == null) {
      if (world.has(GARBAGE_IS_403)) {
        return Reply.text(403, "no\n");
      }
      String error = world.has(GARBAGE_UNNAMED) ? "invalid_request" : "invalid_token";
      return challenge(401, error, request);
    }
    boolean admin = request.headers().first("Mcp-Name").orElse("").equals("secrets");
    boolean may = Set.of(claims.path("scope").asString("").split(" ")).contains(World.ADMIN);
    if (!admin || may) {
      return null;
    }
    return world.has(SILENT_403)
        ? Reply.text(403, "no\n")
        : challenge(403, "insufficient_scope", request);
  }

  private Reply challenge(Request request) {
    return challenge(401, world.has(CHALLENGE_WITH_ERROR) ? "invalid_token" : "", request);
  }

  private Reply challenge(int status, String error, Request request) {
    Reply reply = Reply.json(status, "{\"error\":\"unauthorized\"}");
    if (world.has(NO_CHALLENGE)) {
      return reply;
    }
    String quote = world.has(UNQUOTED_CHALLENGE) ? "" : "\"";
    StringBuilder field =
        new StringBuilder("Bearer realm=").append(quote).append("wrong").append(quote);
    if (!error.isEmpty()) {
      field.append(", error=").append(quote).append(error).append(quote);
    }
    if (!world.has(CHALLENGE_WITHOUT_METADATA)) {
      String path = world.has(CHALLENGE_OF_NEIGHBOUR) ? "/two/mcp" : request.path();
      String address = world.base + "/.well-known/oauth-protected-resource" + path;
      field.append(", resource_metadata=").append(quote).append(address).append(quote);
    }
    if (!world.has(CHALLENGE_WITHOUT_SCOPE)) {
      String scope = status == 403 ? World.ADMIN : World.READ;
      String more = world.has(CHALLENGE_WITH_OFFLINE_ACCESS) ? " " + World.OFFLINE : "";
      field.append(", scope=").append(quote).append(scope).append(more).append(quote);
    }
    return reply.with("WWW-Authenticate", field.toString());
  }
}
