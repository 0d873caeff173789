package dev.ostiary.embed;

import dev.ostiary.authorization.Dependencies;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.authorization.token.Introspectors;
import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.Connector;
import dev.ostiary.connector.ConnectorDependencies;
import dev.ostiary.connector.ConnectorPlace;
import dev.ostiary.connector.ConnectorSettings;
import dev.ostiary.embed.config.Allow;
import dev.ostiary.embed.config.ConnectorServer;
import dev.ostiary.embed.config.HttpServer;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.embed.config.ServerEntry;
import dev.ostiary.embed.config.ServerTarget;
import dev.ostiary.embed.config.StdioServer;
import dev.ostiary.embed.config.foreign.SharedClientName;
import dev.ostiary.gateway.backend.Backend;
import dev.ostiary.gateway.call.AllowedUsers;
import dev.ostiary.gateway.call.ServerRoute;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Outbound;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Resource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The MCP servers of a configuration, in its order, and where their users sign in. */
final class Servers {
  private final OstiaryConfig config;
  private final Map<String, Connector> connectors = new LinkedHashMap<>();
  private final Map<String, ConnectorServers> tools = new HashMap<>();
  private final ForeignServers foreign;

  Servers(OstiaryConfig config, Dependencies with, Outbound outbound, Pages pages) {
    this.config = config;
    this.foreign = new ForeignServers(config, outbound, with.time());
    Map<String, ConnectorSettings> all = new LinkedHashMap<>(config.signIn());
    all.putAll(SharedClients.of(config));
    all.forEach(
        (name, settings) ->
            connectors.put(
                name,
                settings.open(
                    new ConnectorDependencies(
                        new ConnectorPlace(name, config.url()),
                        config.lists(name),
                        outbound,
                        with.store().upstreamNames(),
                        with.masterKey().sealer("connector " + name),
                        pages,
                        with.audit(),
                        with.time()))));
    config
        .signIn()
        .forEach(
            (name, settings) -> {
              String type = settings.type().name();
              tools.putIfAbsent(type, new ConnectorServers(type, connector(name)));
            });
  }

  /** Says what is wrong with the names on the allow lists. Blocks. */
  void checkNames() {
    connectors.values().forEach(Connector::checkNames);
  }

  /** Where users sign in; nowhere if clients get no access tokens here. */
  List<Upstream> upstreams() {
    return connectors.values().stream().map(Connector::upstream).toList();
  }

  /** What browsers visit of the connectors themselves. */
  List<Endpoint> endpoints() {
    return connectors.values().stream().flatMap(each -> each.endpoints().stream()).toList();
  }

  /** All of them, in order. */
  List<ServerPlace> places() {
    return config.servers().entrySet().stream()
        .map(server -> place(server.getKey(), server.getValue()))
        .toList();
  }

  /** As the authorization server knows those for which clients get access tokens here. */
  List<ProtectedServer> resources() {
    return config.servers().entrySet().stream()
        .filter(
            server ->
                !config.isForeign(server.getValue())
                    || config.handsOutForeignTokens(server.getValue()))
        .map(server -> resource(server.getKey(), server.getValue()))
        .toList();
  }

  private ProtectedServer resource(String name, ServerEntry entry) {
    ServerPlace place = place(name, entry);
    return switch (entry.behind()) {
      case ConnectorServer(String type) -> tools(type).resource(place);
      case HttpServer behind -> {
        ProtectedServer server = HttpServers.resource(place, behind, connectors(name, entry));
        yield config.handsOutForeignTokens(entry) ? server.takingUpstreamTokens() : server;
      }
      case StdioServer behind -> StdioServers.resource(place, behind, connectors(name, entry));
      case ServerTarget.Elsewhere _ ->
          HttpServers.elsewhere(place, connectors(name, entry).keySet());
    };
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
  List<ServerRoute> routes(
      UpstreamCredentials credentials, Executor executor, HttpServers http, StdioServers stdio) {
    Map<String, Backend> backends = new HashMap<>();
    return config.servers().entrySet().stream()
        .<ServerRoute>mapMulti(
            (server, to) -> {
              ServerEntry entry = server.getValue();
              ServerPlace place = place(server.getKey(), entry);
              Map<String, Connector> taken = connectors(server.getKey(), entry);
              AllowedUsers allowedUsers = allowedUsers(entry, taken, credentials);
              switch (entry.behind()) {
                case ConnectorServer(String type) ->
                    to.accept(
                        tools(type)
                            .route(
                                place,
                                backends.computeIfAbsent(
                                    type, _ -> tools(type).backend(credentials, executor)),
                                allowedUsers)
                            .legacySse(entry.legacySse()));
                case HttpServer behind -> {
                  ServerRoute route =
                      http.route(place, behind, taken, allowedUsers).legacySse(entry.legacySse());
                  to.accept(foreign.source(place, entry).map(route::from).orElse(route));
                }
                case StdioServer behind ->
                    to.accept(
                        stdio
                            .route(place, behind, taken, allowedUsers)
                            .legacySse(entry.legacySse()));
                case ServerTarget.Elsewhere _ -> {}
              }
            })
        .toList();
  }

  /** Those whose users a server takes. */
  private Map<String, Connector> connectors(String server, ServerEntry entry) {
    Map<String, Connector> taken = new LinkedHashMap<>();
    Set<String> names =
        config.handsOutForeignTokens(entry)
            ? Set.of(SharedClientName.of(server))
            : config.signIn(entry).keySet();
    names.forEach(name -> taken.put(name, connector(name)));
    return taken;
  }

  private Connector connector(String name) {
    return Objects.requireNonNull(connectors.get(name));
  }

  private ConnectorServers tools(String type) {
    return Objects.requireNonNull(tools.get(type));
  }

  private AllowedUsers allowedUsers(
      ServerEntry entry, Map<String, Connector> taken, UpstreamCredentials credentials) {
    if (config.isForeign(entry)) {
      return entry.allow() instanceof Allow.Only(AllowRule list)
          ? new ListedSubjects(list)
          : AllowedUsers.EVERYONE;
    }
    return switch (entry.allow()) {
      case Allow.Only(AllowRule list) ->
          new AllowedByUpstream(
              taken.entrySet().stream()
                  .collect(
                      Collectors.toMap(
                          Map.Entry::getKey, each -> each.getValue().users(list, credentials))));
      case Allow.Everyone _, Allow.Unsaid _ ->
          new AllowedByUpstream(
              taken.keySet().stream()
                  .collect(Collectors.toMap(Function.identity(), _ -> AllowedUsers.EVERYONE)));
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
    if (!(entry.behind() instanceof ConnectorServer(String type))) {
      return config.url().uri().getRawAuthority() + config.url().path() + entry.path();
    }
    long alike =
        config.servers().values().stream()
            .filter(other -> other.behind().equals(entry.behind()))
            .count();
    String title = tools(type).title();
    return alike == 1 ? title : title + " (" + name + ")";
  }

  /** Forgets what is being looked up. */
  void close() {
    foreign.close();
  }
}
