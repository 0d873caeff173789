package dev.ostiary.embed.config;

/**
 * One MCP server behind the door.
 *
 * @param path of its URL
 */
public record ServerEntry(Connector connector, String path) {
  /** The path of a server that names none. */
  public static String pathOf(String name) {
    return "/" + name + "/mcp";
  }
}
