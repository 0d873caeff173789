package dev.ostiary.connector.github;

import dev.ostiary.config.Section;
import dev.ostiary.connector.ConnectorType;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.policy.PolicyResource;
import java.util.Optional;
import java.util.Set;

/** GitHub as a connector: {@code sign-in.github}. */
public final class GitHub implements ConnectorType {
  static final GitHub TYPE = new GitHub();

  @Override
  public String name() {
    return "github";
  }

  @Override
  public Section<?> keys() {
    return GitHubKeys.SECTION;
  }

  @Override
  public Set<String> allowLists() {
    return Set.of("users", "organizations", "teams");
  }

  /** GitHub's official MCP server: every tool with its scopes; what it does not name is denied. */
  @Override
  public Optional<Policy> policy() {
    return Optional.of(PolicyResource.read(GitHub.class, "github.json"));
  }

  @Override
  public boolean hasTools() {
    return true;
  }

  @Override
  public boolean isUsual() {
    return true;
  }
}
