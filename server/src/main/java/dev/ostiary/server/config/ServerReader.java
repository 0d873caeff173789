package dev.ostiary.server.config;

import dev.ostiary.config.Node;
import dev.ostiary.connector.github.GitHubSettings;
import dev.ostiary.embed.config.Allow;
import dev.ostiary.embed.config.Connector;
import dev.ostiary.embed.config.HttpServer;
import dev.ostiary.embed.config.Problem;
import dev.ostiary.embed.config.ServerEntry;
import dev.ostiary.embed.config.ServerPolicy;
import dev.ostiary.embed.config.ServerTarget;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the MCP servers. */
final class ServerReader {
  private final Values values;
  private final PolicySource policies;
  private final CredentialReader credentials;
  private final List<Located> problems;

  ServerReader(Values values, PolicySource policies, List<Located> problems) {
    this.values = values;
    this.policies = policies;
    this.credentials = new CredentialReader(values, problems);
    this.problems = problems;
  }

  Map<String, ServerEntry> read(Map<String, ServerEntry> defaults) {
    Map<String, ServerEntry> servers = new LinkedHashMap<>();
    for (String name : values.names("servers")) {
      servers.put(
          name,
          new ServerEntry(
              behind(name),
              values.one(ServerKeys.PATH.named(name)).orElseGet(() -> ServerEntry.pathOf(name)),
              allow(name),
              policy(name),
              values.one(ServerKeys.TITLE.named(name)).orElse("")));
    }
    return servers.isEmpty() ? defaults : servers;
  }

  private ServerTarget behind(String name) {
    Key<Connector> connector = ServerKeys.CONNECTOR.named(name);
    Key<URI> backend = ServerKeys.BACKEND.named(name);
    boolean connects = values.find(connector.path()) != null;
    boolean guards = values.find(backend.path()) != null;
    if (connects && guards) {
      problem(backend.path(), "excludes connector", "Leave one of them out.");
    } else if (!connects && !guards) {
      problem(
          connector.path(),
          "is missing, and so is backend",
          "Write connector: github, or backend: with the URL of an MCP server.");
    }
    Optional<URI> uri = values.one(backend);
    Optional<Connector> built = values.one(connector);
    if (connects) {
      credentials.refuse(name);
    }
    return uri.isPresent() ? http(name, HttpServer.at(uri.get())) : built.orElse(Connector.GITHUB);
  }

  private HttpServer http(String name, HttpServer usual) {
    return new HttpServer(
        usual.uri(),
        credentials.read(name),
        values.one(ServerKeys.AUTHORITIES.named(name)).orElse(usual.authorities()),
        values.one(ServerKeys.BODY_LIMIT.named(name)).orElse(usual.bodyLimit()),
        values.one(ServerKeys.SESSION_LIFETIME.named(name)).orElse(usual.sessionLifetime()),
        new HttpServer.Timeouts(
            values.one(ServerKeys.CONNECT.named(name)).orElse(usual.patience().connect()),
            values.one(ServerKeys.ANSWER.named(name)).orElse(usual.patience().answer()),
            values.one(ServerKeys.IDLE.named(name)).orElse(usual.patience().idle()),
            values.one(ServerKeys.KEEP_ALIVE.named(name)).orElse(usual.patience().keepAlive()),
            values
                .one(ServerKeys.CONNECTION_IDLE.named(name))
                .orElse(usual.patience().connectionIdle())),
        new HttpServer.ConcurrencyLimits(
            values.one(ServerKeys.CALLS.named(name)).orElse(usual.room().calls()),
            values.one(ServerKeys.WAITING.named(name)).orElse(usual.room().waiting()),
            values.one(ServerKeys.STREAMS.named(name)).orElse(usual.room().streams())),
        new HttpServer.CircuitBreakerSettings(
            values.one(ServerKeys.FAILURES.named(name)).orElse(usual.trouble().failures()),
            values.one(ServerKeys.PAUSE.named(name)).orElse(usual.trouble().pause())));
  }

  private Allow allow(String name) {
    Key<Allow> allow = ServerKeys.ALLOW.named(name);
    if (values.find(allow.path()) instanceof Node.Table) {
      return new Allow.Only(
          new GitHubSettings.Allow(
              values.all(ServerKeys.ALLOW_USERS.named(name)),
              values.all(ServerKeys.ALLOW_ORGANIZATIONS.named(name))));
    }
    return values.one(allow).orElseGet(Allow.Unsaid::new);
  }

  private ServerPolicy policy(String name) {
    ServerPolicy usual = ServerPolicy.DEFAULTS;
    return new ServerPolicy(
        policies.read(ServerKeys.POLICY.named(name).path()).orElse(usual.policy()),
        values.one(ServerKeys.LIST.named(name)).orElse(usual.listed()),
        values.one(ServerKeys.READ_ONLY.named(name)).orElse(usual.readOnly()));
  }

  private void problem(String key, String what, String remedy) {
    problems.add(new Located(values.line(key), new Problem(key, null, what, remedy)));
  }
}
