package dev.ostiary.connector.github;

import static dev.ostiary.config.Key.key;
import static dev.ostiary.config.Key.list;
import static dev.ostiary.config.Key.table;

import dev.ostiary.config.Form;
import dev.ostiary.config.Problems;
import dev.ostiary.config.Section;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Loopback;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The keys of the sign-in at GitHub. */
final class GitHubKeys {
  private static final String CLIENT_ID = "client-id";
  private static final String CLIENT_SECRET = "client-secret";
  private static final String ID_VARIABLE = "GITHUB_CLIENT_ID";
  private static final String SECRET_VARIABLE = "GITHUB_CLIENT_SECRET";

  private static final Section<AllowRule> ALLOW =
      Section.of(
              AllowRule.class,
              list(
                      "users",
                      Form.TEXT,
                      "Who may sign in: login names, each of which stands for the account that has"
                          + " it when it is first seen, or `id:583231` for an account by its"
                          + " number.")
                  .otherwise("anybody with a GitHub account, unless there is another list"),
              list("organizations", Form.TEXT, "Organizations whose members may sign in.")
                  .otherwise("none"),
              list("teams", Form.TEXT, "Teams whose members may sign in, such as `acme/platform`."))
          .defaults(_ -> AllowRule.ANYBODY);

  static final Section<GitHubSettings> SECTION =
      Section.of(
              GitHubSettings.class,
              key(CLIENT_ID, Form.TEXT, "The client ID of the OAuth App or GitHub App.")
                  .variable(ID_VARIABLE),
              key(CLIENT_SECRET, Form.SECRET, "A client secret of the same app.")
                  .variable(SECRET_VARIABLE),
              key(
                      "base-url",
                      Form.ADDRESS,
                      "The GitHub to sign in at: github.com, `https://NAME.ghe.com`, or a GitHub"
                          + " Enterprise Server.")
                  .check(GitHubKeys::checkBaseUrl),
              table("allow", ALLOW))
          .defaults(_ -> GitHubSettings.DEFAULTS);

  private GitHubKeys() {}

  private static void checkBaseUrl(URI uri, Problems problems) {
    String scheme = uri.getScheme();
    String host = uri.getHost();
    boolean good =
        host != null
            && ("https".equals(scheme) || ("http".equals(scheme) && Loopback.isLoopback(host)))
            && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
            && uri.getRawUserInfo() == null
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null;
    if (!good) {
      problems.add(
          uri.toString(),
          "must be the https address of a GitHub, without path and query",
          "Leave it out for github.com; otherwise write https://github.example.com or"
              + " https://acme.ghe.com.");
    }
  }

  /** Tells those who have no OAuth App at GitHub yet how to get one. */
  static void checkRegistered(GitHubSettings settings, Issuer url, Problems problems) {
    boolean noId = isMissing(CLIENT_ID, settings.clientId(), problems);
    boolean noSecret = isMissing(CLIENT_SECRET, settings.clientSecret().reveal(), problems);
    String what = what(noId, noSecret);
    if (what != null) {
      problems.add(
          noId ? CLIENT_ID : CLIENT_SECRET, null, what, instructions(url, settings.baseUrl()));
    }
  }

  private static boolean isMissing(String key, String value, Problems problems) {
    return value.isEmpty() && !problems.isFaulty(key);
  }

  private static @Nullable String what(boolean noId, boolean noSecret) {
    if (noId && noSecret) {
      return "is missing, and so is client-secret: Ostiary has to be registered at GitHub";
    }
    return noId || noSecret
        ? "is missing, and so is the variable " + (noId ? ID_VARIABLE : SECRET_VARIABLE)
        : null;
  }

  private static String instructions(Issuer url, URI gitHub) {
    return """
    It takes a minute:
      1. Open %s/settings/applications/new
      2. Enter the homepage URL      %s
         and the callback URL        %s
      3. Generate a client secret and run
         export GITHUB_CLIENT_ID=... GITHUB_CLIENT_SECRET=...
    Just looking? `ostiary demo` needs no account.\
    """
        .formatted(
            gitHub.toString().replaceFirst("/+$", ""),
            url.value(),
            url.at(GitHubUpstream.CALLBACK));
  }
}
