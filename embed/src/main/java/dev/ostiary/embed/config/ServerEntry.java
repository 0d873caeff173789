package dev.ostiary.embed.config;

import java.util.List;

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
 */
public record ServerEntry(
    ServerTarget behind,
    String path,
    Allow allow,
    ServerPolicy policy,
    String title,
    List<String> signIn) {
  public ServerEntry {
    signIn = List.copyOf(signIn);
  }

  /** A server for all who may sign in. */
  public ServerEntry(ServerTarget behind, String path) {
    this(behind, path, new Allow.Unsaid());
  }

  /** A server with the policy it comes with. */
  public ServerEntry(ServerTarget behind, String path, Allow allow) {
    this(behind, path, allow, ServerPolicy.DEFAULTS, "", List.of());
  }

  /** The same server with another policy. */
  public ServerEntry policy(ServerPolicy other) {
    return new ServerEntry(behind, path, allow, other, title, signIn);
  }

  /** The same server under another title. */
  public ServerEntry title(String other) {
    return new ServerEntry(behind, path, allow, policy, other, signIn);
  }

  /** The same server, for users of these entries only. */
  public ServerEntry signIn(List<String> names) {
    return new ServerEntry(behind, path, allow, policy, title, names);
  }

  /** The path of a server that names none. */
  public static String pathOf(String name) {
    return "/" + name + "/mcp";
  }
}
