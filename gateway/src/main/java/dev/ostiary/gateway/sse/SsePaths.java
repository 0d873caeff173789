package dev.ostiary.gateway.sse;

/**
 * The two paths of the transport of 2024-11-05, below the path of their server: for {@code
 * /docs/mcp} they are {@code /docs/mcp/sse} and {@code /docs/mcp/messages}. Clients accept the
 * metadata of a protected resource for what is below its path (RFC 9728 §3.3), and for nothing
 * beside it.
 *
 * @param stream where a client opens its stream
 * @param messages where it sends its messages
 */
public record SsePaths(String stream, String messages) {
  static final String MESSAGES = "messages";

  /** Those below this path. */
  public static SsePaths below(String path) {
    String folder = path.endsWith("/") ? path : path + "/";
    return new SsePaths(folder + "sse", folder + MESSAGES);
  }
}
