package dev.ostiary.embed.config.foreign;

/** The names of upstreams that are the shared client of one MCP server. */
public final class SharedClientName {
  private static final String PREFIX = "as.";

  private SharedClientName() {}

  /**
   * The first part of the subjects of grants, and the last of the redirect URI. Entries of sign-in
   * have no dot in their names.
   *
   * @param server its key in the configuration
   */
  public static String of(String server) {
    return PREFIX + server;
  }

  /** The path of the redirect URI that has to be registered, below the public URL. */
  public static String callbackPath(String server) {
    return "/callback/" + of(server);
  }
}
