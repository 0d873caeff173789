package dev.ostiary.embed.config;

import dev.ostiary.embed.config.foreign.ForeignAuthorization;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One MCP server behind the door.
 *
 * @param behind what answers
 * @param path of its URL
 * @param allow who may use it
 * @param policy what they may do there
 * @param title what people call it; empty for its URL
 * @param signIn the entries of {@code sign-in} whose users it takes; all that can serve it, if
 *     there are none
 * @param authorizationServer whose access tokens it takes; null for the one at the top
 * @param legacySse whether clients of the transport of 2024-11-05 are served below it
 */
public record ServerEntry(
    ServerTarget behind,
    String path,
    Allow allow,
    ServerPolicy policy,
    String title,
    List<String> signIn,
    @Nullable ForeignAuthorization authorizationServer,
    boolean legacySse) {
  public ServerEntry {
    signIn = List.copyOf(signIn);
  }

  /** A server for all who may sign in. */
  public ServerEntry(ServerTarget behind, String path) {
    this(behind, path, new Allow.Unsaid());
  }

  /** A server with the policy it comes with. */
  public ServerEntry(ServerTarget behind, String path, Allow allow) {
    this(behind, path, allow, ServerPolicy.DEFAULTS, "", List.of(), null, false);
  }

  /** The same server with another policy. */
  public ServerEntry policy(ServerPolicy other) {
    return with("policy", other);
  }

  /** The same server under another title. */
  public ServerEntry title(String other) {
    return with("title", other);
  }

  /** The same server, for users of these entries only. */
  public ServerEntry signIn(List<String> names) {
    return with("signIn", names);
  }

  /** The same server with access tokens of a foreign authorization server. */
  public ServerEntry authorizationServer(ForeignAuthorization other) {
    return with("authorizationServer", other);
  }

  /** The same server, with the transport of 2024-11-05 below it or without. */
  public ServerEntry legacySse(boolean served) {
    return with("legacySse", served);
  }

  private ServerEntry with(String component, Object other) {
    return ServerKeys.SERVER.with(this, component, other);
  }

  /** The path of a server that names none. */
  public static String pathOf(String name) {
    return "/" + name + "/mcp";
  }
}
