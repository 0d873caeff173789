package dev.ostiary.connector.github;

import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.store.UpstreamNameStore;
import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.gateway.call.AllowedUsers;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Outbound;
import dev.ostiary.mcp.server.ResourceTemplate;
import dev.ostiary.mcp.server.Tool;
import dev.ostiary.protocol.Secret;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** The door of this module: GitHub as an upstream, and the tools that work with its tokens. */
public final class GitHubConnector {
  private final GitHubApi api;
  private final AllowedNames names;
  private final GitHubUpstream upstream;
  private final Runnable nameCheck;
  private final InstantSource time;

  private GitHubConnector(
      GitHubApi api,
      AllowedNames names,
      GitHubUpstream upstream,
      Runnable nameCheck,
      InstantSource time) {
    this.api = api;
    this.names = names;
    this.upstream = upstream;
    this.nameCheck = nameCheck;
    this.time = time;
  }

  /**
   * @param lists of those who may use single servers
   * @param names what the names on all lists mean
   */
  public static GitHubConnector of(
      GitHubSettings settings,
      List<GitHubSettings.Allow> lists,
      Outbound outbound,
      UpstreamNameStore names,
      AuditLog audit,
      InstantSource time) {
    GitHubAddresses addresses = GitHubAddresses.of(settings.baseUrl());
    GitHubApi api = new GitHubApi(addresses, outbound, time);
    AllowedNames allowed = new AllowedNames(names, audit, time);
    String clientId = settings.clientId();
    Secret secret = settings.clientSecret();
    GitHubUpstream upstream =
        new GitHubUpstream(
            addresses,
            clientId,
            new GitHubOAuth(addresses, clientId, secret, outbound, time),
            api,
            new AllowList(settings.allow(), api, allowed),
            lists.stream().anyMatch(list -> !list.organizations().isEmpty()),
            new TokenRevocation(addresses, clientId, secret, outbound));
    List<GitHubSettings.Allow> all =
        Stream.concat(Stream.of(settings.allow()), lists.stream()).toList();
    NameCheck check = new NameCheck(api, TokenRevocation.basic(clientId, secret), allowed);
    return new GitHubConnector(api, allowed, upstream, () -> check.run(all), time);
  }

  /** Looks up the names on the allow lists, and says which of them GitHub does not know. Blocks. */
  public void checkNames() {
    nameCheck.run();
  }

  public Upstream upstream() {
    return upstream;
  }

  /** Those on a list, as guests of a server. */
  public AllowedUsers guests(GitHubSettings.Allow list, UpstreamCredentials credentials) {
    return new ListedUsers(new AllowList(list, api, names), credentials, time);
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
