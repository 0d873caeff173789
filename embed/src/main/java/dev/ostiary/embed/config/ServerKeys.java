package dev.ostiary.embed.config;

import static dev.ostiary.config.Form.between;
import static dev.ostiary.config.Key.key;
import static dev.ostiary.config.Key.list;
import static dev.ostiary.config.Key.table;

import dev.ostiary.authorization.client.registration.NamingRules;
import dev.ostiary.config.Form;
import dev.ostiary.config.Key;
import dev.ostiary.config.Problems;
import dev.ostiary.config.Section;
import dev.ostiary.embed.config.credential.Credential;
import dev.ostiary.embed.config.credential.CredentialRow;
import dev.ostiary.embed.config.foreign.ForeignKeys;
import dev.ostiary.gateway.policy.Listed;
import dev.ostiary.protocol.Loopback;
import java.net.URI;
import java.time.Duration;

/** The keys of one MCP server, in the order of the reference page. */
final class ServerKeys {
  static final String BACKEND = "backend";
  static final CredentialRow CREDENTIAL = new CredentialRow();

  private static final String REMEDY = "Leave it out for the default.";
  private static final URI UNKNOWN = URI.create("http://127.0.0.1");

  /** In place of a target that cannot be read, so that the rest is judged in the same run. */
  private static final ServerTarget UNREADABLE = new ConnectorServer("");

  static final Key<Duration> ANSWER =
      time(
          "answer-timeout",
          Duration.ofSeconds(1),
          Duration.ofHours(1),
          "How long the `backend` may take until it begins to answer, and pause then,"
              + " unless the answer is a stream of events.");

  static final Key<Duration> IDLE =
      time(
          "idle-timeout",
          Duration.ofSeconds(5),
          Duration.ofDays(7),
          "How long a stream of events may be silent before the `backend` is given up.");

  static final Key<Duration> KEEP_ALIVE =
      time(
          "keep-alive",
          Duration.ofSeconds(1),
          Duration.ofHours(1),
          "After so much silence of a stream its client gets a comment, so that nobody on the"
              + " way takes the connection for dead.");

  static final Key<Integer> BODY_LIMIT =
      key("body-limit", Form.SIZE, "The largest message of a client.")
          .check(between(Form.SIZE, 1024, 64 * 1024 * 1024, REMEDY));

  static final Key<Duration> SESSION_LIFETIME =
      time(
          "session-lifetime",
          Duration.ofMinutes(1),
          Duration.ofDays(365),
          "How long a session of a revision before 2026-07-28 can be used.");

  private static final Section<HttpServer.Timeouts> TIMEOUTS =
      Section.of(
          HttpServer.Timeouts.class,
          time(
                  "connect-timeout",
                  Duration.ofSeconds(1),
                  Duration.ofMinutes(1),
                  "How long it may take until a connection to the `backend` is there.")
              .to("connect"),
          ANSWER.to("answer"),
          IDLE.to("idle"),
          KEEP_ALIVE,
          time(
                  "connection-idle-timeout",
                  Duration.ZERO,
                  Duration.ofHours(1),
                  "How long a connection to the `backend` waits for its next call: less than the"
                      + " `backend` keeps one. A shorter time that it gives in `Keep-Alive` counts,"
                      + " and `0s` keeps none.")
              .to("connectionIdle"));

  private static final Section<HttpServer.ConcurrencyLimits> ROOM =
      Section.of(
          HttpServer.ConcurrencyLimits.class,
          number(
                  "max-calls",
                  1,
                  100_000,
                  "How many calls may wait for an answer of the `backend` at the same time. One"
                      + " user has an eighth of them, or four, but never all; the same holds for"
                      + " the next two.")
              .to("calls"),
          number(
                  "max-waiting",
                  0,
                  100_000,
                  "How many calls may wait for their turn beyond these, for 5 seconds at most.")
              .to("waiting"),
          number(
                  "max-streams",
                  1,
                  1_000_000,
                  "How many streams of events may be open at the same time.")
              .to("streams"));

  private static final Section<HttpServer.CircuitBreakerSettings> TROUBLE =
      Section.of(
          HttpServer.CircuitBreakerSettings.class,
          number(
                  "max-failures",
                  1,
                  1_000,
                  "The circuit breaker opens after so many failures in a row: to connect to the"
                      + " `backend`, or of calls of several users that it did not answer. Calls"
                      + " that fail together are one failure.")
              .to("failures"),
          time(
                  "failure-pause",
                  Duration.ofSeconds(1),
                  Duration.ofHours(1),
                  "How long it stays open at most: 250 ms at first, and twice as long after each"
                      + " call that tries it in vain. Other calls are answered with an error at"
                      + " once.")
              .to("pause"));

  /** Those of a backend. */
  static final Section<HttpServer> HTTP =
      Section.of(
              HttpServer.class,
              key(BACKEND, Form.ADDRESS, "The URL of the MCP server that this one guards.")
                  .to("uri")
                  .otherwise("`connector` is needed")
                  .check(ServerKeys::checkUri),
              key(
                  "transport",
                  Form.choice(HttpServer.Transport.class),
                  "How messages get to the `backend` and back: `sse` for a server that speaks only"
                      + " HTTP with SSE, the transport of 2024-11-05; `backend` is then the URL of"
                      + " its stream."),
              CREDENTIAL,
              key(
                      "ca",
                      Forms.AUTHORITIES,
                      "Certificates of authorities to trust for this `backend`, beside the usual"
                          + " ones.")
                  .to("authorities")
                  .otherwise("those that Java trusts"),
              BODY_LIMIT,
              SESSION_LIFETIME,
              TIMEOUTS.inline("patience"),
              ROOM.inline("room"),
              TROUBLE.inline("trouble"))
          .defaults(found -> HttpServer.at(found.get("uri", URI.class, UNKNOWN)))
          .rule(ServerKeys::checkSafeWay);

  private static final Section<ServerPolicy> POLICY =
      Section.of(
          ServerPolicy.class,
          key(
                  "policy",
                  new PolicyShape(),
                  "Who may do what: a ready-made policy by its name, `file:PATH`, or a"
                      + " [policy](policy.md) written here.")
              .otherwise("the connector's own; for a `backend`, one scope for everything"),
          key(
                  "list",
                  Form.choice(Listed.class),
                  "What callers see of its lists of tools, resources and prompts: only what they"
                      + " may use now, also what they may use after asking for more scopes, or"
                      + " everything.")
              .to("listed"),
          key(
              "read-only",
              Form.SWITCH,
              "Whether only tools are listed and called that change nothing."));

  /** Those of any server. */
  static final Section<ServerEntry> SERVER =
      Section.of(
              ServerEntry.class,
              key("path", Form.TEXT, "The path of its URL.").otherwise("`/NAME/mcp`"),
              key(
                      "title",
                      Form.TEXT,
                      "What people call it: the consent page says who wants to use what.")
                  .otherwise(
                      "the name of the sign-in and “tools” for a `connector`; the URL for a"
                          + " `backend`")
                  .check(ServerKeys::checkTitle),
              key(
                      "allow",
                      new AllowShape(),
                      "That everybody who can sign in may use this server. A `backend` or `command`"
                          + " needs this or one of the next two, because it cannot tell users apart"
                          + " by itself, unless it is shown their `upstream-token`.")
                  .otherwise("an error for such a server, unless `url` is loopback"),
              list(
                      "sign-in",
                      Form.TEXT,
                      "The entries of `sign-in`, by their names, whose users this server takes.")
                  .otherwise("all; for a `connector`, its own"),
              POLICY.inline("policy"),
              key(
                  "legacy-sse",
                  Form.SWITCH,
                  "Whether clients of the deprecated HTTP+SSE transport (2024-11-05) are served"
                      + " too, at `PATH/sse` and `PATH/messages`."),
              new TargetRow(),
              table("authorization-server", ForeignKeys.FOREIGN))
          .defaults(found -> new ServerEntry(UNREADABLE, ServerEntry.pathOf(found.name())));

  private ServerKeys() {}

  private static Key<Duration> time(String name, Duration least, Duration most, String meaning) {
    return key(name, Form.TIME, meaning).check(between(Form.TIME, least, most, REMEDY));
  }

  private static Key<Integer> number(String name, int least, int most, String meaning) {
    return key(name, Form.NUMBER, meaning).check(between(Form.NUMBER, least, most, REMEDY));
  }

  private static void checkUri(URI uri, Problems problems) {
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http
        || uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawFragment() != null) {
      problems.add(
          uri.getRawUserInfo() == null ? uri.toString() : null,
          "must be the http or https address of an MCP server, without user and fragment",
          "Write the URL that its clients would use, such as http://127.0.0.1:9000/mcp.");
    }
  }

  private static void checkSafeWay(HttpServer server, Problems problems) {
    URI uri = server.uri();
    boolean loopback = uri.getHost() != null && Loopback.isLoopback(uri.getHost());
    if (server.credential() instanceof Credential.UpstreamToken
        && "http".equals(uri.getScheme())
        && !loopback) {
      problems.add(
          "credential",
          "upstream-token",
          "would send the tokens of your users over plain http",
          "Give the backend an https address, or have it on this machine.");
    }
  }

  private static void checkTitle(String title, Problems problems) {
    if (!title.isEmpty()) {
      NamingRules.problemOfName(title)
          .ifPresent(what -> problems.add(title, what, "People read it when they consent."));
    }
  }
}
