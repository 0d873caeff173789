package dev.ostiary.embed;

import dev.ostiary.authorization.Dependencies;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.Connector;
import dev.ostiary.connector.ConnectorDependencies;
import dev.ostiary.connector.ConnectorPlace;
import dev.ostiary.embed.config.Allow;
import dev.ostiary.embed.config.ConnectorServer;
import dev.ostiary.embed.config.HttpServer;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.embed.config.ServerEntry;
import dev.ostiary.gateway.backend.Backend;
import dev.ostiary.gateway.call.AllowedUsers;
import dev.ostiary.gateway.call.ServerRoute;
import dev.ostiary.http.Outbound;
import dev.ostiary.protocol.Resource;
import java.util.List;
import java.util.concurrent.Executor;

/** The MCP servers of a configuration, in its order. */
final class Servers {
  private final OstiaryConfig config;
  private final Connector connector;
  private final ConnectorServers tools;

  Servers(OstiaryConfig config, Dependencies with, Outbound outbound) {
    this.config = config;
    this.connector =
        config
            .connector()
            .open(
                new ConnectorDependencies(
                    new ConnectorPlace(config.signIn().keySet().iterator().next(), config.url()),
                    lists(config),
                    outbound,
                    with.store().upstreamNames(),
                    with.audit(),
                    with.time()));
    this.tools = new ConnectorServers(config.connector().type().name(), connector);
  }

  private static List<AllowRule> lists(OstiaryConfig config) {
    return config.servers().values().stream()
        .map(ServerEntry::allow)
        .<AllowRule>mapMulti(
            (allow, to) -> {
              if (allow instanceof Allow.Only(AllowRule list)) {
                to.accept(list);
              }
            })
        .toList();
  }

  /** Says what is wrong with the names on the allow lists. Blocks. */
  void checkNames() {
    connector.checkNames();
  }

  Upstream upstream() {
    return connector.upstream();
  }

  /** As the authorization server knows them. */
  List<ProtectedServer> resources() {
    return config.servers().entrySet().stream()
        .map(
            server ->
                switch (server.getValue().behind()) {
                  case ConnectorServer _ ->
                      tools.resource(place(server.getKey(), server.getValue()));
                  case HttpServer behind ->
                      HttpServers.resource(
                          place(server.getKey(), server.getValue()), behind, connector);
                })
        .toList();
  }

  /** As the gateway serves them. */
  List<ServerRoute> routes(UpstreamCredentials credentials, Executor executor, HttpServers http) {
    Backend backend = tools.backend(credentials, executor);
    return config.servers().entrySet().stream()
        .map(
            server -> {
              ServerPlace place = place(server.getKey(), server.getValue());
              AllowedUsers allowedUsers = allowedUsers(server.getValue().allow(), credentials);
              return switch (server.getValue().behind()) {
                case ConnectorServer _ -> tools.route(place, backend, allowedUsers);
                case HttpServer behind -> http.route(place, behind, connector, allowedUsers);
              };
            })
        .toList();
  }

  private AllowedUsers allowedUsers(Allow allow, UpstreamCredentials credentials) {
    return switch (allow) {
      case Allow.Only(AllowRule list) -> connector.users(list, credentials);
      case Allow.Everyone _, Allow.Unsaid _ -> AllowedUsers.EVERYONE;
    };
  }

  private ServerPlace place(String name, ServerEntry entry) {
    return new ServerPlace(
        name,
        title(name, entry),
        new Resource(config.url().at(entry.path())),
        config.url().path() + entry.path(),
        entry.policy());
  }

  /**
   * What people read. A server without a title is named by its URL, a connector by its upstream,
   * and a second one of the same kind by its key as well.
   */
  private String title(String name, ServerEntry entry) {
    if (!entry.title().isEmpty()) {
      return entry.title();
    }
    if (entry.behind() instanceof HttpServer) {
      return config.url().uri().getRawAuthority() + config.url().path() + entry.path();
    }
    long alike =
        config.servers().values().stream()
            .filter(other -> other.behind().equals(entry.behind()))
            .count();
    String title = upstream().title() + " tools";
    return alike == 1 ? title : title + " (" + name + ")";
  }
}
