package dev.ostiary.embed;

import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.connector.Connector;
import dev.ostiary.connector.ConnectorTools;
import dev.ostiary.gateway.backend.Backend;
import dev.ostiary.gateway.backend.ConnectorBackend;
import dev.ostiary.gateway.call.AllowedUsers;
import dev.ostiary.gateway.call.ServerRoute;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.mcp.server.McpServer;
import dev.ostiary.mcp.server.ServerDescription;
import java.util.List;
import java.util.concurrent.Executor;

/** The MCP servers that are a connector's tools, each under a path of its own. */
final class ConnectorServers {
  private static final System.Logger LOG = System.getLogger(ConnectorServers.class.getName());

  private final String type;
  private final Connector connector;

  /**
   * @param type of the connector
   */
  ConnectorServers(String type, Connector connector) {
    this.type = type;
    this.connector = connector;
  }

  /** What people call it. */
  String title() {
    return connector.upstream().title() + " tools";
  }

  /** As the authorization server knows it. */
  ProtectedServer resource(ServerPlace place) {
    return place.with(policy(place), List.of(connector.upstream().name()));
  }

  /** As the gateway serves it. */
  ServerRoute route(ServerPlace place, Backend backend, AllowedUsers allowedUsers) {
    Policy policy = policy(place);
    return new ServerRoute(
        place.name(),
        place.title(),
        place.resource(),
        place.path(),
        policy.defaultScopes(),
        backend,
        policy,
        allowedUsers,
        ServerRoute.BODY_LIMIT);
  }

  private Policy policy(ServerPlace place) {
    return connector.withImplied(place.policy().over(connector.toolsPolicy()));
  }

  /** One for all of them. */
  Backend backend(UpstreamCredentials credentials, Executor executor) {
    ConnectorTools tools =
        connector.tools(credentials).orElseGet(() -> new ConnectorTools("", List.of(), List.of()));
    McpServer<Caller> server =
        new McpServer<>(
            new ServerDescription("ostiary-" + type, Release.version(), tools.instructions()),
            tools.tools(),
            tools.resources());
    return new ConnectorBackend(server, executor, LOG);
  }
}
