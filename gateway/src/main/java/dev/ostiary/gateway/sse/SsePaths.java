package dev.ostiary.gateway.sse;

/**
 * The two paths of the transport of 2024-11-05, beside the path of their server: for {@code
 * /docs/mcp} they are {@code /docs/sse} and {@code /docs/messages}.
 *
 * @param stream where a client opens its stream
 * @param messages where it sends its messages
 */
public record SsePaths(String stream, String messages) {
  static final String MESSAGES = "messages";

  /** Those beside this path. */
  public static SsePaths beside(String path) {
    String parent = path.substring(0, path.lastIndexOf('/') + 1);
    return new SsePaths(parent + "sse", parent + MESSAGES);
  }
}
