package dev.ostiary.connector.github;

import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.Connector;
import dev.ostiary.connector.ConnectorDependencies;
import dev.ostiary.connector.ConnectorTools;
import dev.ostiary.connector.ListedUsers;
import dev.ostiary.gateway.call.AllowedUsers;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.http.Outbound;
import dev.ostiary.protocol.Secret;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** GitHub as an upstream, and the tools that work with its tokens. */
public final class GitHubConnector implements Connector {
  private static final String INSTRUCTIONS =
      "Works with GitHub as the signed-in user: with their account and with the repositories that"
          + " they have let this client see.";

  private final GitHubApi api;
  private final AllowedNames names;
  private final GitHubUpstream upstream;
  private final Runnable nameCheck;
  private final InstantSource time;

  GitHubConnector(GitHubSettings settings, ConnectorDependencies with) {
    Outbound outbound = with.outbound();
    GitHubAddresses addresses = GitHubAddresses.of(settings.baseUrl());
    String clientId = settings.clientId();
    Secret secret = settings.clientSecret();
    this.time = with.time();
    this.api = new GitHubApi(addresses, outbound, time);
    this.names = new AllowedNames(with.names(), with.audit(), time);
    this.upstream =
        new GitHubUpstream(
            addresses,
            clientId,
            new GitHubOAuth(addresses, clientId, secret, outbound, time),
            api,
            new AllowList(settings.allow(), api, names),
            with.lists().stream().anyMatch(AllowList::needsOrganizations),
            new TokenRevocation(addresses, clientId, secret, outbound));
    List<AllowRule> all =
        Stream.concat(Stream.of(settings.allow()), with.lists().stream()).toList();
    NameCheck check = new NameCheck(api, TokenRevocation.basic(clientId, secret), names);
    this.nameCheck = () -> check.run(all);
  }

  @Override
  public void checkNames() {
    nameCheck.run();
  }

  @Override
  public Upstream upstream() {
    return upstream;
  }

  @Override
  public AllowedUsers users(AllowRule list, UpstreamCredentials credentials) {
    AllowList members = new AllowList(list, api, names);
    return new ListedUsers(
        upstream.name(),
        (user, tokens) -> members.refusal(Long.parseLong(user), tokens.accessToken()),
        credentials,
        time);
  }

  @Override
  public Optional<ConnectorTools> tools(UpstreamCredentials credentials) {
    UserApi user = new UserApi(api, credentials);
    return Optional.of(
        new ConnectorTools(
            INSTRUCTIONS,
            List.of(new GetUserInfo(user), new GetGithubRepos(user, api), new Calculate()),
            List.of(new UserResource(user))));
  }

  @Override
  public Policy toolsPolicy() {
    return GitHubPolicy.DEFAULT;
  }

  @Override
  public Policy withImplied(Policy policy) {
    return GitHubPolicy.withImplied(policy);
  }
}
