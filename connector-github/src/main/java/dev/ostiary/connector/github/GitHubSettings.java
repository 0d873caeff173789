package dev.ostiary.connector.github;

import dev.ostiary.config.Problems;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.Connector;
import dev.ostiary.connector.ConnectorDependencies;
import dev.ostiary.connector.ConnectorPlace;
import dev.ostiary.connector.ConnectorSettings;
import dev.ostiary.connector.ConnectorType;
import dev.ostiary.connector.Finding;
import dev.ostiary.http.Outbound;
import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;

/**
 * The registration at GitHub, as an OAuth App or a GitHub App.
 *
 * @param baseUrl {@code https://github.com}, {@code https://SUB.ghe.com}, or the address of a
 *     GitHub Enterprise Server
 * @param clientId empty if there is no registration yet
 * @param allow who may sign in
 */
public record GitHubSettings(URI baseUrl, String clientId, Secret clientSecret, AllowRule allow)
    implements ConnectorSettings {
  /** GitHub as everybody knows it. */
  public static final URI GITHUB = URI.create("https://github.com");

  /** Nothing is registered yet. */
  static final GitHubSettings DEFAULTS =
      new GitHubSettings(GITHUB, "", new Secret(""), AllowRule.ANYBODY);

  @Override
  public ConnectorType type() {
    return GitHub.TYPE;
  }

  @Override
  public String title() {
    return "GitHub";
  }

  @Override
  public URI address() {
    return baseUrl;
  }

  @Override
  public void check(ConnectorPlace place, Problems problems) {
    GitHubKeys.SECTION.check(this, problems);
    GitHubNames.check(allow, problems.in("allow"));
    GitHubKeys.checkRegistered(this, place.url(), problems);
  }

  @Override
  public void check(AllowRule rule, Problems problems) {
    GitHubNames.check(rule, problems);
  }

  @Override
  public Connector open(ConnectorDependencies with) {
    return new GitHubConnector(this, with);
  }

  @Override
  public List<Finding> examine(
      ConnectorPlace place, List<AllowRule> lists, Outbound outbound, InstantSource time) {
    return new GitHubVisit(this, place.url(), outbound, time).run(lists);
  }
}
