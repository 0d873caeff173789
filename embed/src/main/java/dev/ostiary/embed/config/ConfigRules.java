package dev.ostiary.embed.config;

import dev.ostiary.authorization.client.redirect.PrivateUseSchemes;
import dev.ostiary.connector.github.GitHubSettings;
import dev.ostiary.protocol.Loopback;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What must hold of a configuration beyond the shape of its values. */
public final class ConfigRules {
  private final List<Problem> problems = new ArrayList<>();

  private ConfigRules() {}

  /** Everything that is wrong; nothing if it may be started. */
  public static List<Problem> check(OstiaryConfig config) {
    ConfigRules rules = new ConfigRules();
    rules.checkAdmin(config);
    rules.checkGitHub(config.signIn().github());
    rules.problems.addAll(ServerRules.check(config.servers(), config.url()));
    rules.problems.addAll(TokenRules.check(config.tokens()));
    rules.checkRegistration(config.registration());
    rules.problems.addAll(ClientRules.check(config.clients()));
    rules.problems.addAll(DocumentRules.check(config.metadataDocuments()));
    rules.checkConsent(config.consent());
    config.allowedOrigins().forEach(rules::checkOrigin);
    config.servers().forEach(rules::checkAllow);
    return List.copyOf(rules.problems);
  }

  private void checkAdmin(OstiaryConfig config) {
    Listen admin = config.admin().listen();
    if (admin != null && admin.collidesWith(config.listen())) {
      problems.add(
          new Problem(
              "admin.listen",
              admin.toString(),
              "must not be where the program listens for everybody, " + config.listen(),
              "Take another port, such as 127.0.0.1:9464."));
    }
  }

  private void checkGitHub(GitHubSettings github) {
    if (!isBaseUrl(github.baseUrl())) {
      problems.add(
          new Problem(
              "sign-in.github.base-url",
              github.baseUrl().toString(),
              "must be the https address of a GitHub, without path and query",
              "Leave it out for github.com; otherwise write https://github.example.com or"
                  + " https://acme.ghe.com."));
    }
    checkAllow("sign-in.github", github.allow());
  }

  private void checkAllow(String server, ServerEntry entry) {
    if (entry.allow() instanceof Allow.Only(GitHubSettings.Allow list)) {
      checkAllow("servers." + server, list);
      if (list.users().isEmpty() && list.organizations().isEmpty()) {
        problems.add(
            new Problem(
                "servers." + server + ".allow",
                null,
                "names nobody",
                "Name users or organizations, or write allow: everyone."));
      }
    }
  }

  private void checkAllow(String key, GitHubSettings.Allow allow) {
    allow.users().stream()
        .filter(user -> !GitHubSettings.Allow.isUser(user))
        .forEach(user -> notAName(key + ".allow.users", user, ", or id:583231"));
    allow.organizations().stream()
        .filter(name -> !GitHubSettings.Allow.isOrganization(name))
        .forEach(name -> notAName(key + ".allow.organizations", name, ""));
  }

  private static boolean isBaseUrl(URI uri) {
    String scheme = uri.getScheme();
    String host = uri.getHost();
    return host != null
        && ("https".equals(scheme) || ("http".equals(scheme) && Loopback.isLoopback(host)))
        && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
        && uri.getRawUserInfo() == null
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null;
  }

  private void notAName(String key, String name, String alternative) {
    problems.add(
        new Problem(
            key,
            name,
            "must be GitHub login names",
            "Write the name as in https://github.com/NAME, without an @" + alternative + "."));
  }

  private void checkRegistration(Registration registration) {
    if (!registration.enabled() && registration.initialAccessToken() != null) {
      problems.add(
          new Problem(
              "registration.initial-access-token",
              null,
              "is of no use while registration.enabled is false",
              "Leave one of the two out."));
    }
    registration.redirectSchemes().forEach(this::checkScheme);
    if (registration.unusedClientLifetime().compareTo(Duration.ofHours(1)) < 0
        || registration.unusedClientLifetime().compareTo(Duration.ofDays(3650)) > 0) {
      problems.add(
          new Problem(
              "registration.unused-client-lifetime",
              TimeSpan.format(registration.unusedClientLifetime()),
              "must be between 1h and 3650d",
              "A client that comes back later has to register again."));
    }
  }

  private void checkScheme(String scheme) {
    PrivateUseSchemes.problemOf(scheme)
        .ifPresent(
            what ->
                problems.add(
                    new Problem(
                        "registration.redirect-schemes",
                        scheme,
                        what,
                        "Write the scheme that the client's program registers on a computer, such"
                            + " as [acme-editor].")));
  }

  private void checkConsent(Consent consent) {
    if (consent.rememberFor().compareTo(Duration.ofMinutes(1)) < 0
        || consent.rememberFor().compareTo(Duration.ofDays(365)) > 0) {
      problems.add(
          new Problem(
              "consent.remember-for",
              TimeSpan.format(consent.rememberFor()),
              "must be between 1m and 365d",
              "To ask each time, leave consent.remember out."));
    }
  }

  private void checkOrigin(String origin) {
    if (!isOrigin(origin)) {
      problems.add(
          new Problem(
              "allowed-origins",
              origin,
              "must be origins of web pages",
              "Write scheme and host, and the port if it is not the usual one, in lower case and"
                  + " without a slash at the end: https://app.example.com."));
    }
  }

  private static boolean isOrigin(String text) {
    if (!text.matches("https?://[a-z0-9.\\[\\]:-]+")) {
      return false;
    }
    try {
      URI uri = URI.create(text);
      boolean usualPort = uri.getPort() == (uri.getScheme().equals("https") ? 443 : 80);
      return uri.getHost() != null && !usualPort;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
