package dev.ostiary.embed.config;

import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Loopback;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What must hold of a server that is reached over HTTP. */
final class HttpServerRules {
  private static final int LARGEST_BODY = 64 * 1024 * 1024;

  private final String key;
  private final List<Problem> problems = new ArrayList<>();

  private HttpServerRules(String key) {
    this.key = key;
  }

  static List<Problem> check(String name, ServerEntry entry, HttpServer server, Issuer url) {
    HttpServerRules rules = new HttpServerRules("servers." + name + ".");
    rules.checkUri(server.uri());
    rules.checkCredential(server);
    if (!(server.credential() instanceof Credential.UpstreamToken)) {
      rules.checkAllow(entry.allow(), url);
    }
    rules.checkPatience(server);
    rules.within("body-limit", server.bodyLimit(), 1024, LARGEST_BODY, Size::format);
    rules.within("max-calls", server.room().calls(), 1, 100_000);
    rules.within("max-waiting", server.room().waiting(), 0, 100_000);
    rules.within("max-streams", server.room().streams(), 1, 1_000_000);
    rules.within("max-failures", server.trouble().failures(), 1, 1_000);
    return rules.problems;
  }

  private void checkUri(URI uri) {
    String scheme = uri.getScheme();
    boolean http = "http".equals(scheme) || "https".equals(scheme);
    if (!http
        || uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawFragment() != null) {
      add(
          "backend",
          uri.getRawUserInfo() == null ? uri.toString() : null,
          "must be the http or https address of an MCP server, without user and fragment",
          "Write the URL that its clients would use, such as http://127.0.0.1:9000/mcp.");
    }
  }

  /** It does not know the users, so it cannot tell by itself who may do what. */
  private void checkAllow(Allow allow, Issuer url) {
    if (allow instanceof Allow.Unsaid && !url.isLoopback()) {
      add(
          "allow",
          null,
          "is missing, and without it everybody who can sign in could use this server",
          "Write allow: { users: [octocat], organizations: [acme] }, or allow: everyone.");
    }
  }

  private void checkCredential(HttpServer server) {
    switch (server.credential()) {
      case Credential.UpstreamToken _ -> checkSafeWay(server.uri());
      case Credential.ApiKey key -> ApiKeyRules.check(key, this::add);
      case Credential.None _, Credential.IdentityHeaders _, Credential.SignedIdentity _ -> {}
    }
  }

  private void checkSafeWay(URI uri) {
    boolean loopback = uri.getHost() != null && Loopback.isLoopback(uri.getHost());
    if ("http".equals(uri.getScheme()) && !loopback) {
      add(
          "credential",
          "upstream-token",
          "would send the tokens of your users over plain http",
          "Give the backend an https address, or have it on this machine.");
    }
  }

  private void checkPatience(HttpServer server) {
    HttpServer.Timeouts patience = server.patience();
    within("connect-timeout", patience.connect(), Duration.ofSeconds(1), Duration.ofMinutes(1));
    within("answer-timeout", patience.answer(), Duration.ofSeconds(1), Duration.ofHours(1));
    within("idle-timeout", patience.idle(), Duration.ofSeconds(5), Duration.ofDays(7));
    within("keep-alive", patience.keepAlive(), Duration.ofSeconds(1), Duration.ofHours(1));
    within(
        "connection-idle-timeout", patience.connectionIdle(), Duration.ZERO, Duration.ofHours(1));
    within(
        "session-lifetime", server.sessionLifetime(), Duration.ofMinutes(1), Duration.ofDays(365));
    within("failure-pause", server.trouble().pause(), Duration.ofSeconds(1), Duration.ofHours(1));
  }

  private void within(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      between(name, TimeSpan.format(value), TimeSpan.format(least), TimeSpan.format(most));
    }
  }

  private void within(String name, int value, int least, int most) {
    within(name, value, least, most, Integer::toString);
  }

  private void within(String name, int value, int least, int most, IntFunction<String> format) {
    if (value < least || value > most) {
      between(name, format.apply(value), format.apply(least), format.apply(most));
    }
  }

  private void between(String name, String value, String least, String most) {
    add(name, value, "must be between " + least + " and " + most, "Leave it out for the default.");
  }

  private void add(String name, @Nullable String value, String what, String remedy) {
    problems.add(new Problem(key + name, value, what, remedy));
  }
}
