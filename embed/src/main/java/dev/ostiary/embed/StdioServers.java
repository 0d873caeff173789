package dev.ostiary.embed;

import dev.ostiary.authorization.AuthorizationServer;
import dev.ostiary.authorization.Dependencies;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.config.Problem;
import dev.ostiary.connector.Connector;
import dev.ostiary.embed.config.InvalidConfig;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.embed.config.StdioServer;
import dev.ostiary.gateway.bridge.ConversationBackend;
import dev.ostiary.gateway.bridge.reply.ConversationSettings;
import dev.ostiary.gateway.call.AllowedUsers;
import dev.ostiary.gateway.call.ServerRoute;
import dev.ostiary.gateway.credential.BackendCredential;
import dev.ostiary.gateway.credential.UpstreamToken;
import dev.ostiary.gateway.observe.GatewayObserver;
import dev.ostiary.gateway.peer.Eras;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.stdio.Account;
import dev.ostiary.gateway.stdio.EnvironmentTemplate;
import dev.ostiary.gateway.stdio.Homes;
import dev.ostiary.gateway.stdio.LineBudget;
import dev.ostiary.gateway.stdio.Placeholder;
import dev.ostiary.gateway.stdio.Platform;
import dev.ostiary.gateway.stdio.ProcessHost;
import dev.ostiary.gateway.stdio.StdioChannels;
import dev.ostiary.gateway.stdio.StdioSettings;
import dev.ostiary.gateway.stdio.StdioShared;
import dev.ostiary.gateway.stdio.UserFacts;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.protocol.Scopes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The MCP servers that are programs on this machine. */
final class StdioServers implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StdioServers.class.getName());

  /** What a call to such a server needs, which itself knows no scopes. */
  private static final Policy OWN = Policy.everyCall(Scopes.of("mcp"));

  private final AuthorizationServer authorization;
  private final Dependencies with;
  private final Conversations conversations;
  private final BackendEras eras;
  private final Platform platform;
  private final StdioShared shared;
  private final List<AutoCloseable> open = new ArrayList<>();

  private StdioServers(
      AuthorizationServer authorization,
      Dependencies with,
      Conversations conversations,
      BackendEras eras,
      Platform platform,
      StdioShared shared) {
    this.authorization = authorization;
    this.with = with;
    this.conversations = conversations;
    this.eras = eras;
    this.platform = platform;
    this.shared = shared;
  }

  /**
   * What children need of the machine. Blocks.
   *
   * @param homes null if there are none, and then there may be no such server
   * @throws InvalidConfig if a server of the configuration cannot be run here
   */
  static StdioServers of(
      OstiaryConfig config,
      AuthorizationServer authorization,
      Dependencies with,
      Conversations conversations,
      BackendEras eras,
      @Nullable Homes homes,
      Ticker ticker,
      GatewayObserver observer) {
    boolean none =
        config.servers().values().stream()
            .noneMatch(server -> server.behind() instanceof StdioServer);
    Platform platform = none ? new Platform(false, false, false, false) : Platform.detect();
    List<Problem> problems = none ? List.of() : problems(config, platform, homes);
    if (!problems.isEmpty()) {
      throw new InvalidConfig(problems);
    }
    Homes used = homes == null ? NoHomes.NONE : homes;
    return new StdioServers(
        authorization,
        with,
        conversations,
        eras,
        platform,
        new StdioShared(
            new ProcessHost(platform, LOG),
            used,
            LineBudget.ofHeap(),
            with.background(),
            ticker,
            observer,
            LOG));
  }

  private static List<Problem> problems(
      OstiaryConfig config, Platform platform, @Nullable Homes homes) {
    List<Problem> problems = new ArrayList<>();
    config
        .servers()
        .forEach(
            (name, entry) -> {
              if (entry.behind() instanceof StdioServer server) {
                String key = "servers." + name;
                if (!platform.shell()) {
                  problems.add(
                      new Problem(
                          key + ".command",
                          null,
                          0,
                          "needs a POSIX shell, sh",
                          "Run Ostiary on Linux or macOS."));
                } else if (homes == null) {
                  problems.add(
                      new Problem(
                          key + ".command",
                          null,
                          0,
                          "needs private directories for its programs",
                          "Give the builder homes."));
                } else if (!server.runAs().isEmpty()) {
                  platform
                      .obstacle(server.runAs())
                      .ifPresent(
                          what ->
                              problems.add(
                                  new Problem(key + ".run-as", server.runAs(), 0, what, WAYS)));
                }
              }
            });
    return problems;
  }

  private static final String WAYS =
      "Run Ostiary as root, or leave run-as out and have systemd or a container run it all as a"
          + " user of its own, or begin command with a helper such as sudo -u.";

  /** As the authorization server knows it. */
  static ProtectedServer resource(
      ServerPlace place, StdioServer server, Map<String, Connector> connectors) {
    return place.with(policy(place, server, connectors.values()), List.copyOf(connectors.keySet()));
  }

  /** Where the user's own token decides in the end, scopes imply what they do upstream. */
  private static Policy policy(
      ServerPlace place, StdioServer server, Collection<Connector> connectors) {
    Policy policy = place.policy().over(OWN);
    if (server.placeholders().contains(Placeholder.UPSTREAM_TOKEN)) {
      for (Connector connector : connectors) {
        policy = connector.withImplied(policy);
      }
    }
    return policy;
  }

  /** As the gateway serves it. */
  ServerRoute route(
      ServerPlace place,
      StdioServer server,
      Map<String, Connector> connectors,
      AllowedUsers allowedUsers) {
    StdioChannels channels =
        new StdioChannels(settings(place, server), credential(server), facts(), shared);
    Eras known = eras.of("stdio", String.join("\n", server.command()));
    ConversationBackend backend = conversations.with(settingsOf(place, server), channels, known);
    open.add(backend::close);
    open.add(channels);
    Policy policy = policy(place, server, connectors.values());
    return new ServerRoute(
        place.name(),
        place.title(),
        place.resource(),
        place.path(),
        policy.defaultScopes(),
        conversations.owned(place, backend),
        policy,
        allowedUsers,
        server.bodyLimit());
  }

  private StdioSettings settings(ServerPlace place, StdioServer server) {
    Path directory = server.directory();
    Account account =
        server.runAs().isEmpty() ? null : platform.account(server.runAs()).orElseThrow();
    return new StdioSettings(
        place.name(),
        server.command(),
        new EnvironmentTemplate(server.env()),
        directory == null ? null : directory.toString(),
        account,
        server.maxChildren(),
        server.perUser(),
        server.startTimeout());
  }

  private static ConversationSettings settingsOf(ServerPlace place, StdioServer server) {
    return new ConversationSettings(
        place.name(),
        place.resource().value(),
        server.answerTimeout(),
        server.idleTimeout(),
        server.keepAlive(),
        server.sessionLifetime(),
        server.childIdleTimeout(),
        server.maxChildren(),
        server.perUser());
  }

  private BackendCredential credential(StdioServer server) {
    return server.placeholders().contains(Placeholder.UPSTREAM_TOKEN)
        ? new UpstreamToken(
            new LocalUserTokens(authorization.credentials()), with.background(), with.time())
        : BackendCredential.NONE;
  }

  private UserFacts facts() {
    return new StoredUserFacts(with.store().grants(), authorization.credentials(), with.time());
  }

  /** Ends every conversation and every child. Blocks for some seconds at most. */
  @Override
  public void close() {
    List<Thread> closing =
        open.stream().map(each -> Thread.startVirtualThread(() -> close(each))).toList();
    try {
      for (Thread each : closing) {
        each.join();
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    shared.host().close();
  }

  private static void close(AutoCloseable one) {
    try {
      one.close();
    } catch (Exception failure) {
      LOG.log(System.Logger.Level.WARNING, "not everything of a program could be ended", failure);
    }
  }
}
