package dev.ostiary.embed;

import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.connector.github.GitHubConnector;
import dev.ostiary.gateway.backend.Backend;
import dev.ostiary.gateway.backend.ConnectorBackend;
import dev.ostiary.gateway.call.AllowedUsers;
import dev.ostiary.gateway.call.ServerRoute;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.mcp.server.McpServer;
import dev.ostiary.mcp.server.ServerDescription;
import java.util.concurrent.Executor;

/** The MCP servers that are GitHub's tools, each under a path of its own. */
final class GitHubServers {
  private static final System.Logger LOG = System.getLogger(GitHubServers.class.getName());
  private static final String INSTRUCTIONS =
      "Works with GitHub as the signed-in user: with their account and with the repositories that"
          + " they have let this client see.";

  private final GitHubConnector connector;

  GitHubServers(GitHubConnector connector) {
    this.connector = connector;
  }

  /** As the authorization server knows it. */
  ProtectedServer resource(ServerPlace place) {
    return place.with(policy(place), connector.upstream().name());
  }

  /** As the gateway serves it. */
  ServerRoute route(ServerPlace place, Backend backend, AllowedUsers guests) {
    Policy policy = policy(place);
    return new ServerRoute(
        place.name(),
        place.title(),
        place.resource(),
        place.path(),
        policy.defaultScopes(),
        backend,
        policy,
        guests,
        ServerRoute.BODY_LIMIT);
  }

  private static Policy policy(ServerPlace place) {
    return GitHubConnector.withImplied(place.policy().over(GitHubConnector.policy()));
  }

  /** One for all of them. */
  Backend backend(UpstreamCredentials credentials, Executor executor) {
    McpServer<Caller> server =
        new McpServer<>(
            new ServerDescription("ostiary-github", Release.version(), INSTRUCTIONS),
            connector.tools(credentials),
            connector.resources(credentials));
    return new ConnectorBackend(server, executor, LOG);
  }
}
