package dev.ostiary.connector.github;

import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.gateway.Caller;
import dev.ostiary.gateway.Guests;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.http.Outbound;
import dev.ostiary.mcp.server.ResourceTemplate;
import dev.ostiary.mcp.server.Tool;
import java.time.InstantSource;
import java.util.List;

/** The door of this module: GitHub as an upstream, and the tools that work with its tokens. */
public final class GitHubConnector {
  private final GitHubApi api;
  private final GitHubUpstream upstream;
  private final InstantSource time;

  private GitHubConnector(GitHubApi api, GitHubUpstream upstream, InstantSource time) {
    this.api = api;
    this.upstream = upstream;
    this.time = time;
  }

  public static GitHubConnector of(GitHubSettings settings, Outbound outbound, InstantSource time) {
    return of(settings, List.of(), outbound, time);
  }

  /**
   * @param lists of those who may use single servers
   */
  public static GitHubConnector of(
      GitHubSettings settings,
      List<GitHubSettings.Allow> lists,
      Outbound outbound,
      InstantSource time) {
    GitHubAddresses addresses = GitHubAddresses.of(settings.baseUrl());
    GitHubApi api = new GitHubApi(addresses, outbound, time);
    String clientId = settings.clientId();
    GitHubUpstream upstream =
        new GitHubUpstream(
            addresses,
            clientId,
            new GitHubOAuth(addresses, clientId, settings.clientSecret(), outbound, time),
            api,
            new AllowList(settings.allow(), api),
            lists.stream().anyMatch(list -> !list.organizations().isEmpty()),
            new TokenRevocation(addresses, clientId, settings.clientSecret(), outbound));
    return new GitHubConnector(api, upstream, time);
  }

  public Upstream upstream() {
    return upstream;
  }

  /** Those on a list, as guests of a server. */
  public Guests guests(GitHubSettings.Allow list, UpstreamCredentials credentials) {
    return new ListedGuests(new AllowList(list, api), credentials, time);
  }

  public List<Tool<Caller>> tools(UpstreamCredentials credentials) {
    UserApi user = new UserApi(api, credentials);
    return List.of(new GetUserInfo(user), new GetGithubRepos(user, api), new Calculate());
  }

  public List<ResourceTemplate<Caller>> resources(UpstreamCredentials credentials) {
    return List.of(new UserResource(new UserApi(api, credentials)));
  }

  /** What the tools need, where nobody has written anything else. */
  public static Policy policy() {
    return GitHubPolicy.DEFAULT;
  }

  /** Our policy's scopes, each with the narrower ones that it holds at GitHub. */
  public static Policy withImplied(Policy policy) {
    return GitHubPolicy.withImplied(policy);
  }
}
