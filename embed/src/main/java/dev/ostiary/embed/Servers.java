package dev.ostiary.embed;

import dev.ostiary.authorization.Dependencies;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.token.Introspectors;
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
import dev.ostiary.embed.config.ServerTarget;
import dev.ostiary.gateway.backend.Backend;
import dev.ostiary.gateway.call.AllowedUsers;
import dev.ostiary.gateway.call.ServerRoute;
import dev.ostiary.http.Outbound;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** The MCP servers of a configuration, in its order. */
final class Servers {
  private final OstiaryConfig config;
  private final Connector connector;
  private final ConnectorServers tools;
  private final ForeignServers foreign;

  Servers(OstiaryConfig config, Dependencies with, Outbound outbound) {
    this.config = config;
    this.foreign = new ForeignServers(config, outbound, with.time());
    if (config.signIn().isEmpty()) {
      this.connector = new NoSignIn();
      this.tools = new ConnectorServers("none", connector);
      return;
    }
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
        .filter(server -> !config.isForeign(server))
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

  /** Where users sign in; none if all servers take foreign access tokens. */
  List<Upstream> upstreams() {
    return config.issuesTokens() ? List.of(connector.upstream()) : List.of();
  }

  /** All of them, in order. */
  List<ServerPlace> places() {
    return config.servers().entrySet().stream()
        .map(server -> place(server.getKey(), server.getValue()))
        .toList();
  }

  /** As the authorization server knows those that take its access tokens. */
  List<ProtectedServer> resources() {
    return config.servers().entrySet().stream()
        .filter(server -> !config.isForeign(server.getValue()))
        .map(
            server ->
                switch (server.getValue().behind()) {
                  case ConnectorServer _ ->
                      tools.resource(place(server.getKey(), server.getValue()));
                  case HttpServer behind ->
                      HttpServers.resource(
                          place(server.getKey(), server.getValue()), behind, connector);
                  case ServerTarget.Elsewhere _ ->
                      HttpServers.elsewhere(place(server.getKey(), server.getValue()), connector);
                })
        .toList();
  }

  /** Which clients are resource servers, and for whose access tokens they may ask. */
  Introspectors introspectors() {
    Map<ClientId, Set<Resource>> resources = new HashMap<>();
    config
        .clients()
        .forEach(
            (id, client) -> {
              if (!client.introspects().isEmpty()) {
                resources.put(
                    new ClientId(id),
                    places().stream()
                        .filter(place -> client.introspects().contains(place.name()))
                        .map(ServerPlace::resource)
                        .collect(Collectors.toUnmodifiableSet()));
              }
            });
    return new Introspectors(resources);
  }

  /** As the gateway serves them. */
  List<ServerRoute> routes(UpstreamCredentials credentials, Executor executor, HttpServers http) {
    Backend backend = tools.backend(credentials, executor);
    return config.servers().entrySet().stream()
        .<ServerRoute>mapMulti(
            (server, to) -> {
              ServerPlace place = place(server.getKey(), server.getValue());
              AllowedUsers allowedUsers = allowedUsers(server.getValue(), credentials);
              switch (server.getValue().behind()) {
                case ConnectorServer _ -> to.accept(tools.route(place, backend, allowedUsers));
                case HttpServer behind -> {
                  ServerRoute route = http.route(place, behind, connector, allowedUsers);
                  to.accept(
                      foreign.source(place, server.getValue()).map(route::from).orElse(route));
                }
                case ServerTarget.Elsewhere _ -> {}
              }
            })
        .toList();
  }

  private AllowedUsers allowedUsers(ServerEntry server, UpstreamCredentials credentials) {
    return switch (server.allow()) {
      case Allow.Only(AllowRule list) when config.isForeign(server) -> new ListedSubjects(list);
      case Allow.Only(AllowRule list) -> connector.users(list, credentials);
      case Allow.Everyone _, Allow.Unsaid _ -> AllowedUsers.EVERYONE;
    };
  }

  private ServerPlace place(String name, ServerEntry entry) {
    return new ServerPlace(
        name,
        title(name, entry),
        entry.behind() instanceof ServerTarget.Elsewhere(Resource resource)
            ? resource
            : new Resource(config.url().at(entry.path())),
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
    if (entry.behind() instanceof ServerTarget.Elsewhere(Resource resource)) {
      return resource.value().replaceFirst("^[a-z]+://", "");
    }
    if (entry.behind() instanceof HttpServer) {
      return config.url().uri().getRawAuthority() + config.url().path() + entry.path();
    }
    long alike =
        config.servers().values().stream()
            .filter(other -> other.behind().equals(entry.behind()))
            .count();
    String title = connector.upstream().title() + " tools";
    return alike == 1 ? title : title + " (" + name + ")";
  }

  /** Forgets what is being looked up. */
  void close() {
    foreign.close();
  }
}
