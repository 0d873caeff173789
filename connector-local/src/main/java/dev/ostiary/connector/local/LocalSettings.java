package dev.ostiary.connector.local;

import dev.ostiary.config.Problems;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.Connector;
import dev.ostiary.connector.ConnectorDependencies;
import dev.ostiary.connector.ConnectorPlace;
import dev.ostiary.connector.ConnectorSettings;
import dev.ostiary.connector.ConnectorType;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The users of this server.
 *
 * @param users by the names they sign in with
 */
public record LocalSettings(Map<String, LocalUser> users) implements ConnectorSettings {
  public LocalSettings {
    users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
  }

  @Override
  public ConnectorType type() {
    return Local.TYPE;
  }

  @Override
  public String title() {
    return "local account";
  }

  @Override
  public URI address() {
    return URI.create(SignInEndpoint.PATH.substring(1));
  }

  /** Those who have a password. */
  @Override
  public AllowRule allow() {
    return new AllowRule(List.copyOf(users.keySet()), List.of());
  }

  @Override
  public void check(ConnectorPlace place, Problems problems) {
    LocalKeys.SECTION.check(this, problems);
    LocalKeys.check(users, problems);
  }

  @Override
  public void check(AllowRule rule, Problems problems) {
    rule.users().stream()
        .filter(name -> !users.containsKey(name))
        .forEach(
            name ->
                problems
                    .in("users")
                    .add(
                        name,
                        "is no user of sign-in.local",
                        "There are: " + String.join(", ", users.keySet()) + "."));
  }

  @Override
  public Connector open(ConnectorDependencies with) {
    return new LocalConnector(this, with);
  }
}
