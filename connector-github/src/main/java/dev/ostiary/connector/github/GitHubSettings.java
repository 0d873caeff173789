package dev.ostiary.connector.github;

import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.util.List;

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
   */
  public record Allow(List<String> users, List<String> organizations) {
    public static final Allow ANYBODY = new Allow(List.of(), List.of());

    public Allow {
      users = List.copyOf(users);
      organizations = List.copyOf(organizations);
    }

    boolean anybody() {
      return users.isEmpty() && organizations.isEmpty();
    }
  }
}
