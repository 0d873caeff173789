package dev.ostiary.embed;

import dev.ostiary.authorization.ProtectedServer;
import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.connector.github.GitHubConnector;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.gateway.Backend;
import dev.ostiary.gateway.Caller;
import dev.ostiary.gateway.ConnectorBackend;
import dev.ostiary.gateway.ServerRoute;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.http.Outbound;
import dev.ostiary.mcp.server.McpServer;
import dev.ostiary.mcp.server.ServerDescription;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Resource;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;

/** The MCP servers of a configuration: each is GitHub's tools, under a path of its own. */
final class GitHubServers {
  private static final System.Logger LOG = System.getLogger(GitHubServers.class.getName());
  private static final String INSTRUCTIONS =
      "Works with GitHub as the signed-in user: with their account and with the repositories that"
          + " they have let this client see.";

  private final OstiaryConfig config;
  private final GitHubConnector connector;

  GitHubServers(OstiaryConfig config, Outbound outbound, InstantSource time) {
    this.config = config;
    this.connector = GitHubConnector.of(config.signIn().github(), outbound, time);
  }

  Upstream upstream() {
    return connector.upstream();
  }

  /** As the authorization server knows them. */
  List<ProtectedServer> resources() {
    return config.servers().entrySet().stream()
        .map(
            server ->
                new ProtectedServer(
                    server.getKey(),
                    title(server.getKey()),
                    resource(server.getValue().path()),
                    GitHubConnector.policy().defaultScopes(),
                    GitHubConnector.policy().offeredScopes(),
                    upstream().name()))
        .toList();
  }

  /** As the gateway serves them. */
  List<ServerRoute> routes(UpstreamCredentials credentials, Executor executor) {
    Backend backend = backend(credentials, executor);
    Policy policy = GitHubConnector.policy();
    return config.servers().entrySet().stream()
        .map(
            server ->
                new ServerRoute(
                    server.getKey(),
                    title(server.getKey()),
                    resource(server.getValue().path()),
                    path(server.getValue().path()),
                    policy.defaultScopes(),
                    backend,
                    policy))
        .toList();
  }

  private Backend backend(UpstreamCredentials credentials, Executor executor) {
    McpServer<Caller> server =
        new McpServer<>(
            new ServerDescription("ostiary-github", Release.version(), INSTRUCTIONS),
            connector.tools(credentials),
            connector.resources(credentials));
    return new ConnectorBackend(server, executor, LOG);
  }

  /** A second server of the same kind needs its name to be told from the first. */
  private String title(String name) {
    String title = upstream().title();
    return config.servers().size() == 1 ? title : title + " (" + name + ")";
  }

  private Resource resource(String path) {
    return new Resource(config.url().at(path));
  }

  private String path(String path) {
    Issuer url = config.url();
    return url.path() + path;
  }
}
