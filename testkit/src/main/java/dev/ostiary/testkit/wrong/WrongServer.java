package dev.ostiary.testkit.wrong;

import dev.ostiary.http.ContentLimit;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import dev.ostiary.http.Service;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;

/**
 * The deliberately wrong server: two MCP servers, at {@code /mcp} and {@code /two/mcp}, and their
 * authorization server. Without faults it keeps to every specification that is checked.
 */
public final class WrongServer implements Service {
  private final World world;
  private final Metadata metadata;
  private final Registration registration;
  private final Authorization authorization;
  private final Tokens tokens;
  private final McpEndpoint mcp;

  /**
   * @param base scheme and host under which it is reached
   */
  public WrongServer(String base, Set<Fault> faults, InstantSource time) {
    EnumSet<Fault> switched = EnumSet.noneOf(Fault.class);
    switched.addAll(faults);
    this.world = new World(base, switched, time);
    AccessTokens accessTokens = new AccessTokens(world);
    this.metadata = new Metadata(world, accessTokens);
    this.registration = new Registration(world);
    this.authorization = new Authorization(world);
    this.tokens = new Tokens(world, accessTokens);
    this.mcp = new McpEndpoint(world, accessTokens);
  }

  @Override
  public void serve(Exchange exchange) {
    Request head = exchange.request();
    exchange.read(
        new ContentLimit(Route.FORM_LIMIT, head.remote()),
        content -> exchange.reply(answer(head.with(content))));
  }

  private synchronized Reply answer(Request request) {
    String path = request.path();
    if (world.has(Fault.EDGE_BLOCKS_AGENTS) && isAgent(request)) {
      return Reply.text(403, "Attention required\n");
    }
    if (path.startsWith("/.well-known/oauth-protected-resource")) {
      return metadata.resource(request);
    }
    if (path.startsWith("/register/")) {
      return registration.manage(request);
    }
    return switch (path) {
      case "/.well-known/oauth-authorization-server", "/.well-known/openid-configuration" ->
          metadata.server(request);
      case "/jwks" -> metadata.keys();
      case "/register" -> registration.register(request);
      case "/authorize" -> authorization.authorize(request);
      case "/consent" -> authorization.consent(request);
      case "/token" -> tokens.token(request);
      case "/revoke" -> tokens.revoke(request);
      case "/introspect" -> tokens.introspect(request);
      case "/mcp", "/two/mcp" -> mcp.handle(request);
      default -> Reply.text(404, "nothing here\n");
    };
  }

  private static boolean isAgent(Request request) {
    String agent = request.headers().first("User-Agent").orElse("");
    return request.method().equals("POST")
        && (agent.contains("Claude-User") || agent.contains("ChatGPT-User"));
  }
}
