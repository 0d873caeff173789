package dev.ostiary.embed;

import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.connector.Connector;
import dev.ostiary.embed.config.HttpServer;
import dev.ostiary.embed.config.credential.Credential;
import dev.ostiary.gateway.backend.Backend;
import dev.ostiary.gateway.backend.HttpBackend;
import dev.ostiary.gateway.backend.HttpBackendSettings;
import dev.ostiary.gateway.bridge.ConversationBackend;
import dev.ostiary.gateway.call.AllowedUsers;
import dev.ostiary.gateway.call.ServerRoute;
import dev.ostiary.gateway.observe.GatewayObserver;
import dev.ostiary.gateway.peer.Eras;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.remote.AdaptiveBackend;
import dev.ostiary.gateway.remote.HttpChannels;
import dev.ostiary.gateway.remote.SseChannels;
import dev.ostiary.gateway.session.SessionSeal;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.http.ClientSettings;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.Outbounds;
import dev.ostiary.protocol.Scopes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The MCP servers that are reached over HTTP, each with connections of its own. */
final class HttpServers implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HttpServers.class.getName());

  /** What a call to such a server needs, which itself knows no scopes. */
  private static final Policy OWN = Policy.everyCall(Scopes.of("mcp"));

  private final Outbounds outbounds;
  private final BackendCredentials credentials;
  private final SessionSeal seal;
  private final Ticker ticker;
  private final GatewayObserver observer;
  private final InstantSource time;
  private final BackendEras eras;
  private final Conversations conversations;
  private final List<Outbound> open = new ArrayList<>();
  private final List<ConversationBackend> bridges = new ArrayList<>();

  HttpServers(
      Outbounds outbounds,
      BackendCredentials credentials,
      SessionSeal seal,
      Ticker ticker,
      GatewayObserver observer,
      BackendEras eras,
      Conversations conversations,
      InstantSource time) {
    this.outbounds = outbounds;
    this.credentials = credentials;
    this.seal = seal;
    this.ticker = ticker;
    this.observer = observer;
    this.eras = eras;
    this.conversations = conversations;
    this.time = time;
  }

  /**
   * As the authorization server knows it.
   *
   * @param connectors sign its users in, by name
   */
  static ProtectedServer resource(
      ServerPlace place, HttpServer server, Map<String, Connector> connectors) {
    return place.with(policy(place, server, connectors.values()), List.copyOf(connectors.keySet()));
  }

  /** One that runs elsewhere, as the authorization server knows it. */
  static ProtectedServer elsewhere(ServerPlace place, Set<String> upstreams) {
    return place.with(place.policy().over(OWN), List.copyOf(upstreams));
  }

  /** Where the user's own token decides in the end, scopes imply what they do upstream. */
  private static Policy policy(
      ServerPlace place, HttpServer server, Collection<Connector> connectors) {
    Policy policy = place.policy().over(OWN);
    if (server.credential() instanceof Credential.UpstreamToken) {
      for (Connector connector : connectors) {
        policy = connector.withImplied(policy);
      }
    }
    return policy;
  }

  /** As the gateway serves it. */
  ServerRoute route(
      ServerPlace place,
      HttpServer server,
      Map<String, Connector> connectors,
      AllowedUsers allowedUsers) {
    Outbound outbound =
        outbounds.open(
            new ClientSettings(
                server.authorities(),
                server.patience().connect(),
                server.patience().connectionIdle()));
    open.add(outbound);
    HttpBackend http =
        new HttpBackend(
            settings(place, server),
            outbound,
            credentials.of(server),
            seal,
            ticker,
            observer,
            time,
            LOG);
    Policy policy = policy(place, server, connectors.values());
    return new ServerRoute(
        place.name(),
        place.title(),
        place.resource(),
        place.path(),
        policy.defaultScopes(),
        backend(place, server, http),
        policy,
        allowedUsers,
        server.bodyLimit());
  }

  private Backend backend(ServerPlace place, HttpServer server, HttpBackend http) {
    return switch (server.transport()) {
      case STREAMABLE_HTTP -> {
        Eras known = eras.of(server.transport().name(), server.uri().toString());
        ConversationBackend bridge =
            conversations.with(
                Conversations.settings(place, server), new HttpChannels(http, ticker), known);
        bridges.add(bridge);
        yield conversations.owned(place, new AdaptiveBackend(http, bridge, known, ticker));
      }
      case SSE -> {
        ConversationBackend bridge =
            conversations.with(
                Conversations.settings(place, server),
                new SseChannels(http, ticker),
                BackendEras.LEGACY_ONLY);
        bridges.add(bridge);
        yield conversations.owned(place, bridge);
      }
    };
  }

  private static HttpBackendSettings settings(ServerPlace place, HttpServer server) {
    return new HttpBackendSettings(
        place.name(),
        place.resource().value(),
        server.uri(),
        server.patience().answer(),
        server.patience().idle(),
        server.patience().keepAlive(),
        server.sessionLifetime(),
        server.room().calls(),
        server.room().waiting(),
        server.room().streams(),
        server.trouble().failures(),
        server.trouble().pause());
  }

  /** Ends every call. */
  @Override
  public void close() {
    bridges.forEach(ConversationBackend::close);
    open.forEach(Outbound::close);
  }
}
