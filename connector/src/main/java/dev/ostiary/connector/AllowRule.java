package dev.ostiary.connector;

import java.util.List;

/**
 * Who may sign in, or use a server: these users, and the members of these organizations; everybody
 * with an account, if both are empty. What the names mean is the connector's.
 */
public record AllowRule(List<String> users, List<String> organizations) {
  public static final AllowRule ANYBODY = new AllowRule(List.of(), List.of());

  public AllowRule {
    users = List.copyOf(users);
    organizations = List.copyOf(organizations);
  }

  /** Whether it is empty, so that all users are allowed. */
  public boolean isOpen() {
    return users.isEmpty() && organizations.isEmpty();
  }
}
