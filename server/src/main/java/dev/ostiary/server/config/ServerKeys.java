package dev.ostiary.server.config;

import dev.ostiary.connector.github.GitHubSettings;
import dev.ostiary.embed.config.Allow;
import dev.ostiary.embed.config.Connector;
import dev.ostiary.embed.config.Credential;
import dev.ostiary.embed.config.HttpServer;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.embed.config.ServerEntry;
import dev.ostiary.embed.config.ServerPolicy;
import dev.ostiary.gateway.policy.Listed;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The keys of one MCP server, in the order of the reference page. */
final class ServerKeys {
  private static final String SERVER = "servers.*.";
  private static final HttpServer USUAL = HttpServer.at(URI.create("http://127.0.0.1"));

  static final Key<Connector> CONNECTOR =
      Key.ofEach(
              SERVER + "connector",
              Form.CONNECTOR,
              config -> behind(config, Connector.class).toList(),
              "What this MCP server is made of, if it is built in.")
          .otherwise("`backend` is needed");

  static final Key<URI> BACKEND =
      Key.ofEach(
              SERVER + "backend",
              Form.ADDRESS,
              config -> behind(config, HttpServer.class).map(HttpServer::uri).toList(),
              "The URL of the MCP server that this one guards, over Streamable HTTP.")
          .otherwise("`connector` is needed");

  static final Key<String> PATH =
      Key.ofEach(
              SERVER + "path",
              Form.TEXT,
              config -> config.servers().values().stream().map(ServerEntry::path).toList(),
              "The path of its URL.")
          .otherwise("`/NAME/mcp`");

  static final Key<String> TITLE =
      Key.<String>ofEach(
              SERVER + "title",
              Form.TEXT,
              config ->
                  config.servers().values().stream()
                      .map(ServerEntry::title)
                      .filter(title -> !title.isEmpty())
                      .toList(),
              "What people call it: the consent page says who wants to use what.")
          .otherwise("`GitHub tools` for the connector; the URL for a `backend`");
  static final Key<Allow> ALLOW =
      Key.ofEach(
              SERVER + "allow",
              Form.EVERYONE,
              config ->
                  config.servers().values().stream()
                      .map(ServerEntry::allow)
                      .filter(Allow.Everyone.class::isInstance)
                      .toList(),
              "That everybody who can sign in may use this server. A `backend` needs this or one of"
                  + " the next two, because it cannot tell users apart by itself, unless it is"
                  + " shown their `upstream-token`.")
          .otherwise("an error for such a `backend`, unless `url` is loopback");

  static final Key<String> ALLOW_USERS =
      Key.listOf(
          SERVER + "allow.users",
          Form.TEXT,
          config -> lists(config).flatMap(list -> list.users().stream()).toList(),
          "Who may use this server, among those who may sign in: login names, or `id:583231` for an"
              + " account by its number.");

  static final Key<String> ALLOW_ORGANIZATIONS =
      Key.listOf(
          SERVER + "allow.organizations",
          Form.TEXT,
          config -> lists(config).flatMap(list -> list.organizations().stream()).toList(),
          "Organizations whose members may use this server.");

  static final Key<String> POLICY =
      Key.ofEach(
              SERVER + "policy",
              Form.POLICY,
              config ->
                  policies(config)
                      .flatMap(each -> Stream.ofNullable(each.policy()))
                      .map(Policy::toString)
                      .toList(),
              "Who may do what: `github`, `file:PATH`, or a [policy](policy.md) written here.")
          .otherwise("the connector's own; for a `backend`, one scope for everything");

  static final Key<Listed> LIST =
      Key.ofEach(
          SERVER + "list",
          Form.LISTED,
          config -> policies(config).map(ServerPolicy::listed).toList(),
          "What callers see of its lists of tools, resources and prompts: only what they may use"
              + " now, also what they may use after asking for more scopes, or everything.");

  static final Key<Boolean> READ_ONLY =
      Key.ofEach(
          SERVER + "read-only",
          Form.SWITCH,
          config -> policies(config).map(ServerPolicy::readOnly).toList(),
          "Whether only tools are listed and called that change nothing.");

  static final Key<CredentialWord> CREDENTIAL =
      http(
          "credential",
          Form.CREDENTIAL,
          server -> CredentialWord.of(server.credential()),
          "What the `backend` is [shown](credentials.md) to know whose call it is: nothing, who"
              + " calls in plain headers or in a signed JWT, the user's own GitHub token, or a key"
              + " that is the same for every call.");

  static final Key<Secret> API_KEY =
      Key.ofEach(
              SERVER + "api-key.value",
              Form.SECRET,
              config -> keys(config).map(Credential.ApiKey::value).toList(),
              "The key, for `credential: api-key`.")
          .otherwise("an error with `credential: api-key`");

  static final Key<String> API_KEY_HEADER =
      Key.ofEach(
              SERVER + "api-key.header",
              Form.TEXT,
              config -> keys(config).map(Credential.ApiKey::header).toList(),
              "The header field that the key is sent in.")
          .otherwise("`" + Credential.ApiKey.HEADER + "`");

  static final Key<String> API_KEY_PREFIX =
      Key.ofEach(
          SERVER + "api-key.prefix",
          Form.TEXT,
          config -> keys(config).flatMap(key -> Stream.ofNullable(key.prefix())).toList(),
          "A word before the key, with a space between, such as `Bearer`.");

  static final Key<List<X509Certificate>> AUTHORITIES =
      Key.ofEach(
              SERVER + "ca",
              Form.AUTHORITIES,
              config -> behind(config, HttpServer.class).map(HttpServer::authorities).toList(),
              "Certificates of authorities to trust for this `backend`, beside the usual ones.")
          .otherwise("those that Java trusts");

  static final Key<Integer> BODY_LIMIT =
      http("body-limit", Form.SIZE, HttpServer::bodyLimit, "The largest message of a client.");

  static final Key<Duration> SESSION_LIFETIME =
      http(
          "session-lifetime",
          Form.TIME,
          HttpServer::sessionLifetime,
          "How long a session of a revision before 2026-07-28 can be used.");

  static final Key<Duration> CONNECT =
      http(
          "connect-timeout",
          Form.TIME,
          server -> server.patience().connect(),
          "How long it may take until a connection to the `backend` is there.");

  static final Key<Duration> ANSWER =
      http(
          "answer-timeout",
          Form.TIME,
          server -> server.patience().answer(),
          "How long the `backend` may take until it begins to answer, and pause then, unless the"
              + " answer is a stream of events.");

  static final Key<Duration> IDLE =
      http(
          "idle-timeout",
          Form.TIME,
          server -> server.patience().idle(),
          "How long a stream of events may be silent before the `backend` is given up.");

  static final Key<Duration> KEEP_ALIVE =
      http(
          "keep-alive",
          Form.TIME,
          server -> server.patience().keepAlive(),
          "After so much silence of a stream its client gets a comment, so that nobody on the way"
              + " takes the connection for dead.");

  static final Key<Duration> CONNECTION_IDLE =
      http(
          "connection-idle-timeout",
          Form.TIME,
          server -> server.patience().connectionIdle(),
          "How long a connection to the `backend` waits for its next call: less than the `backend`"
              + " keeps one. A shorter time that it gives in `Keep-Alive` counts, and `0s` keeps"
              + " none.");

  static final Key<Integer> CALLS =
      http(
          "max-calls",
          Form.NUMBER,
          server -> server.room().calls(),
          "How many calls may wait for an answer of the `backend` at the same time. One user"
              + " has an eighth of them, or four, but never all; the same holds for the next two.");

  static final Key<Integer> WAITING =
      http(
          "max-waiting",
          Form.NUMBER,
          server -> server.room().waiting(),
          "How many calls may wait for their turn beyond these, for 5 seconds at most.");

  static final Key<Integer> STREAMS =
      http(
          "max-streams",
          Form.NUMBER,
          server -> server.room().streams(),
          "How many streams of events may be open at the same time.");

  static final Key<Integer> FAILURES =
      http(
          "max-failures",
          Form.NUMBER,
          server -> server.trouble().failures(),
          "After so many failures in a row the `backend` is left alone: to connect to it, or of"
              + " calls of several users that it did not answer. Calls that fail together are one"
              + " failure.");

  static final Key<Duration> PAUSE =
      http(
          "failure-pause",
          Form.TIME,
          server -> server.trouble().pause(),
          "How long it is left alone at most: 250 ms at first, and twice as long after each"
              + " call that tries it in vain. Other calls are answered with an error at once.");

  static final List<Key<?>> ALL =
      List.of(
          CONNECTOR,
          BACKEND,
          PATH,
          TITLE,
          ALLOW,
          ALLOW_USERS,
          ALLOW_ORGANIZATIONS,
          POLICY,
          LIST,
          READ_ONLY,
          CREDENTIAL,
          API_KEY,
          API_KEY_HEADER,
          API_KEY_PREFIX,
          AUTHORITIES,
          BODY_LIMIT,
          SESSION_LIFETIME,
          CONNECT,
          ANSWER,
          IDLE,
          KEEP_ALIVE,
          CONNECTION_IDLE,
          CALLS,
          WAITING,
          STREAMS,
          FAILURES,
          PAUSE);

  private ServerKeys() {}

  private static <T> Key<T> http(
      String name, Form<T> form, Function<HttpServer, T> value, String meaning) {
    return Key.ofEach(
            SERVER + name,
            form,
            config -> behind(config, HttpServer.class).map(value).toList(),
            meaning)
        .otherwise("`" + form.format().apply(value.apply(USUAL)) + "`");
  }

  private static <T> Stream<T> behind(OstiaryConfig config, Class<T> kind) {
    return config.servers().values().stream()
        .map(ServerEntry::behind)
        .filter(kind::isInstance)
        .map(kind::cast);
  }

  private static Stream<Credential.ApiKey> keys(OstiaryConfig config) {
    return behind(config, HttpServer.class)
        .map(HttpServer::credential)
        .filter(Credential.ApiKey.class::isInstance)
        .map(Credential.ApiKey.class::cast);
  }

  private static Stream<ServerPolicy> policies(OstiaryConfig config) {
    return config.servers().values().stream().map(ServerEntry::policy);
  }

  private static Stream<GitHubSettings.Allow> lists(OstiaryConfig config) {
    return config.servers().values().stream()
        .map(ServerEntry::allow)
        .filter(Allow.Only.class::isInstance)
        .map(Allow.Only.class::cast)
        .map(Allow.Only::list);
  }
}
