package dev.ostiary.connector.github;

import dev.ostiary.connector.AllowRule;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.stream.Stream;

/**
 * What GitHub says of our registration there, and of those on our allow lists, when it is asked
 * without anybody signing in. Changes nothing at GitHub.
 */
final class GitHubExamination {
  /** Has the form of a token, and is none. */
  private static final String MADE_UP = "gho_" + "0".repeat(36);

  private static final int REPLY_LIMIT = 256 * 1024;

  private final GitHubSettings settings;
  private final GitHubAddresses addresses;
  private final GitHubApi api;
  private final Outbound outbound;
  private final String credentials;

  GitHubExamination(GitHubSettings settings, Outbound outbound, InstantSource time) {
    this.settings = settings;
    this.addresses = GitHubAddresses.of(settings.baseUrl());
    this.api = new GitHubApi(addresses, outbound, time);
    this.outbound = outbound;
    this.credentials = TokenRevocation.basic(settings.clientId(), settings.clientSecret());
  }

  /** What came of a question. */
  sealed interface Answer {
    /** It is as it has to be. */
    record Good() implements Answer {}

    /**
     * It is not.
     *
     * @param what a sentence without its full stop
     */
    record Wrong(String what) implements Answer {}

    /**
     * GitHub does not tell.
     *
     * @param why the rest of a sentence
     */
    record Unknown(String why) implements Answer {}
  }

  /**
   * Whether client id and secret belong together: who has them may ask about a token, which GitHub
   * does not know here (404), and who has not is not answered (401).
   */
  Answer credentials() {
    URI uri = addresses.api("/applications/" + GitHubOAuth.encode(settings.clientId()) + "/token");
    Headers headers =
        Headers.of(
            "Accept", GitHubApi.ACCEPT,
            "X-GitHub-Api-Version", GitHubApi.VERSION,
            "User-Agent", GitHubApi.USER_AGENT,
            "Content-Type", "application/json",
            "Authorization", credentials);
    Body.Whole body = Body.utf8("{\"access_token\":\"" + MADE_UP + "\"}");
    try {
      int status =
          outbound.exchange(OutboundRequest.post(uri, headers, body), REPLY_LIMIT).status();
      return switch (status) {
        case 200, 404, 422 -> new Answer.Good();
        case 401 -> new Answer.Wrong("GitHub does not know this client id with this secret");
        default -> new Answer.Unknown("it answered " + status);
      };
    } catch (IOException unreachable) {
      return new Answer.Unknown("it cannot be reached");
    }
  }

  /**
   * Whether the callback is registered, as far as GitHub tells before anybody has signed in.
   *
   * @param callback in full
   */
  Answer callback(String callback) {
    URI uri =
        URI.create(
            addresses.authorize()
                + "?response_type=code&state=doctor&client_id="
                + GitHubOAuth.encode(settings.clientId())
                + "&redirect_uri="
                + GitHubOAuth.encode(callback));
    try {
      Reply reply =
          outbound.exchange(
              OutboundRequest.get(
                  uri, Headers.of("Accept", "text/html", "User-Agent", GitHubApi.USER_AGENT)),
              REPLY_LIMIT);
      String location = reply.headers().first("Location").orElse("");
      if (location.contains("error=redirect_uri_mismatch")) {
        return new Answer.Wrong(
            "GitHub has another callback, "
                + location.split("[?]", 2)[0]
                + ", and not "
                + callback);
      }
      return location.startsWith(callback)
          ? new Answer.Good()
          : new Answer.Unknown("it wants somebody to sign in first");
    } catch (IOException unreachable) {
      return new Answer.Unknown("it cannot be reached");
    }
  }

  /** Those on the list that are not at GitHub what the list takes them for. */
  Stream<Answer> names(AllowRule allow) {
    return Stream.concat(
        allow.users().stream()
            .filter(user -> GitHubNames.id(user).isEmpty())
            .map(user -> name(user, "User")),
        GitHubNames.organizations(allow).map(name -> name(name, "Organization")));
  }

  private Answer name(String name, String type) {
    String kind = type.equals("User") ? "user" : "organization";
    return switch (api.find("/users/" + GitHubOAuth.encode(name), credentials)) {
      case GitHubApi.Answer.Found(var account, var _) -> {
        boolean organization = account.path("type").asString("").equals("Organization");
        yield organization == type.equals("Organization")
            ? new Answer.Good()
            : new Answer.Wrong(
                "allow names " + name + " as " + kind + ", and at GitHub it is none");
      }
      case GitHubApi.Answer.NotFound _ ->
          new Answer.Wrong("allow names the " + kind + " " + name + ", which GitHub does not know");
      default -> new Answer.Unknown("it does not tell about " + name);
    };
  }
}
