package dev.ostiary.connector.github;

import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Our registration at GitHub, as an OAuth App or a GitHub App.
 *
 * @param baseUrl {@code https://github.com}, {@code https://SUB.ghe.com}, or the address of a
 *     GitHub Enterprise Server
 * @param allow who may sign in
 */
public record GitHubSettings(URI baseUrl, String clientId, Secret clientSecret, Allow allow) {
  /** GitHub as everybody knows it. */
  public static final URI GITHUB = URI.create("https://github.com");

  /**
   * Who may sign in: these users, and the members of these organizations; anybody with an account,
   * if both are empty.
   *
   * @param users login names, or {@code id:} and the number of an account
   */
  public record Allow(List<String> users, List<String> organizations) {
    public static final Allow ANYBODY = new Allow(List.of(), List.of());

    private static final String ID_PREFIX = "id:";
    private static final Pattern ID = Pattern.compile(ID_PREFIX + "[1-9][0-9]{0,17}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

    public Allow {
      users = List.copyOf(users);
      organizations = List.copyOf(organizations);
    }

    /** The id that an entry of the users gives, if it is not a login name. */
    static OptionalLong id(String user) {
      return ID.matcher(user).matches()
          ? OptionalLong.of(Long.parseLong(user.substring(ID_PREFIX.length())))
          : OptionalLong.empty();
    }

    /** Whether an entry of the users can be one. */
    public static boolean isUser(String user) {
      return ID.matcher(user).matches() || NAME.matcher(user).matches();
    }

    public static boolean isOrganization(String name) {
      return NAME.matcher(name).matches();
    }

    boolean anybody() {
      return users.isEmpty() && organizations.isEmpty();
    }
  }
}
