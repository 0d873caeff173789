package dev.ostiary.connector.github;

import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** GitHub's REST API, read with a user's token. A 403 is looked at twice: it has many meanings. */
final class GitHubApi {
  static final String USER_AGENT = "Ostiary";
  static final String ACCEPT = "application/vnd.github+json";
  static final String VERSION = "2022-11-28";

  private static final int REPLY_LIMIT = 4 * 1024 * 1024;
  private static final Duration UNKNOWN_LIMIT = Duration.ofMinutes(1);
  private static final Pattern NEXT_PAGE = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"next\"");

  private final GitHubAddresses addresses;
  private final Outbound outbound;
  private final InstantSource time;
  private final JsonMapper json = new JsonMapper();

  GitHubApi(GitHubAddresses addresses, Outbound outbound, InstantSource time) {
    this.addresses = addresses;
    this.outbound = outbound;
    this.time = time;
  }

  /** What GitHub answered. */
  sealed interface Answer {
    /**
     * It worked.
     *
     * @param next the following page of a list, at this API
     */
    record Found(JsonNode body, Optional<URI> next) implements Answer {}

    /** There is no such thing, or the user may not know of it. */
    record NotFound() implements Answer {}

    /** The token is not good any more. */
    record TokenRefused() implements Answer {}

    /**
     * Too many requests; again at this time.
     *
     * @param ofCaller whether the caller's hourly limit is used up; otherwise it is a secondary one
     */
    record RateLimited(boolean ofCaller, Instant until) implements Answer {}

    /** The organization wants a single sign-on first, at this address. */
    record SingleSignOn(String url) implements Answer {}

    /** The token or the user may not. */
    record Forbidden() implements Answer {}

    /** It could not be reached or did not make sense. */
    record Unavailable(String what) implements Answer {}
  }

  Answer find(String path, Secret token) {
    return find(addresses.api(path), token);
  }

  /**
   * Reads what everybody may see.
   *
   * @param authorization the header
   */
  Answer find(String path, String authorization) {
    return find(addresses.api(path), authorization);
  }

  /** Reads an address of this API, which may come from an earlier {@link Answer.Found}. */
  Answer find(URI uri, Secret token) {
    return find(uri, "Bearer " + token.reveal());
  }

  private Answer find(URI uri, String authorization) {
    Headers headers =
        Headers.of(
            "Accept", ACCEPT,
            "X-GitHub-Api-Version", VERSION,
            "User-Agent", USER_AGENT,
            "Authorization", authorization);
    try {
      return read(outbound.exchange(OutboundRequest.get(uri, headers), REPLY_LIMIT));
    } catch (IOException unreachable) {
      return new Answer.Unavailable("GitHub cannot be reached");
    }
  }

  private Answer read(Reply reply) {
    return switch (reply.status()) {
      case 200 -> found(reply);
      case 401 -> new Answer.TokenRefused();
      case 404 -> new Answer.NotFound();
      case 403, 429 -> refused(reply);
      default -> new Answer.Unavailable("GitHub answered with status " + reply.status());
    };
  }

  private Answer found(Reply reply) {
    try {
      return new Answer.Found(json.readTree(((Body.Whole) reply.body()).bytes()), next(reply));
    } catch (JacksonException notJson) {
      return new Answer.Unavailable("GitHub's answer is not JSON");
    }
  }

  private Optional<URI> next(Reply reply) {
    return reply
        .headers()
        .first("Link")
        .map(NEXT_PAGE::matcher)
        .filter(Matcher::find)
        .flatMap(match -> uri(match.group(1)))
        .filter(addresses::isApi);
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException malformed) {
      return Optional.empty();
    }
  }

  /** A limit shows in headers, or, for the secondary ones, only in the message. */
  private Answer refused(Reply reply) {
    Headers headers = reply.headers();
    boolean usedUp = headers.first("X-RateLimit-Remaining").orElse("").equals("0");
    Optional<Instant> until =
        headers
            .first("Retry-After")
            .flatMap(GitHubApi::number)
            .map(time.instant()::plusSeconds)
            .or(
                () ->
                    headers
                        .first("X-RateLimit-Reset")
                        .filter(_ -> usedUp)
                        .flatMap(GitHubApi::number)
                        .map(Instant::ofEpochSecond));
    String message = ((Body.Whole) reply.body()).utf8().toLowerCase(Locale.ROOT);
    if (usedUp || until.isPresent() || reply.status() == 429 || message.contains("rate limit")) {
      return new Answer.RateLimited(
          usedUp && !message.contains("secondary"),
          until.orElse(time.instant().plus(UNKNOWN_LIMIT)));
    }
    return headers
        .first("X-GitHub-SSO")
        .map(GitHubApi::singleSignOn)
        .orElseGet(Answer.Forbidden::new);
  }

  private static Answer singleSignOn(String header) {
    int url = header.indexOf("url=");
    return url < 0 ? new Answer.Forbidden() : new Answer.SingleSignOn(header.substring(url + 4));
  }

  private static Optional<Long> number(String text) {
    return text.matches("[0-9]{1,12}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }
}
