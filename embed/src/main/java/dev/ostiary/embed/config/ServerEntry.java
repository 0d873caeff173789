package dev.ostiary.embed.config;

/**
 * One MCP server behind the door.
 *
 * @param behind what answers
 * @param path of its URL
 * @param allow who may use it
 */
public record ServerEntry(Behind behind, String path, Allow allow) {
  /** A server for all who may sign in. */
  public ServerEntry(Behind behind, String path) {
    this(behind, path, new Allow.Unsaid());
  }

  /** The path of a server that names none. */
  public static String pathOf(String name) {
    return "/" + name + "/mcp";
  }
}
