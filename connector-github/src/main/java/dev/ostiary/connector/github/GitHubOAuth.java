package dev.ostiary.connector.github;

import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * GitHub's token endpoint. It answers with a form unless JSON is asked for, says no with status
 * 200, and puts commas between scopes.
 */
final class GitHubOAuth {
  private static final int REPLY_LIMIT = 64 * 1024;

  /** A token that claims to live longer is asked about no later than this. */
  private static final Duration LONGEST_LIFE = Duration.ofDays(365);

  /** What can stand in a header (RFC 6750 §2.1), which is all that a token is for. */
  private static final Pattern CREDENTIAL = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private static final Headers HEADERS =
      Headers.of(
          "Accept", "application/json",
          "Content-Type", "application/x-www-form-urlencoded",
          "User-Agent", GitHubApi.USER_AGENT);

  /** A refresh names no callback, so none of its errors is about one. */
  private static final URI NO_CALLBACK = URI.create("");

  private final GitHubAddresses addresses;
  private final String clientId;
  private final Secret clientSecret;
  private final Outbound outbound;
  private final InstantSource time;
  private final JsonMapper json = new JsonMapper();

  GitHubOAuth(
      GitHubAddresses addresses,
      String clientId,
      Secret clientSecret,
      Outbound outbound,
      InstantSource time) {
    this.addresses = addresses;
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.outbound = outbound;
    this.time = time;
  }

  Result<UpstreamTokenResponse, UpstreamRefusal> redeem(
      String code, String verifier, URI redirectUri) {
    return post(
        Map.of("code", code, "code_verifier", verifier, "redirect_uri", redirectUri.toString()),
        Scopes.none(),
        null,
        redirectUri);
  }

  /** A reply without a scope or a refresh token leaves them as they were. */
  Result<UpstreamTokenResponse, UpstreamRefusal> refresh(
      UpstreamTokenResponse tokens, Secret refreshToken) {
    return post(
        Map.of("grant_type", "refresh_token", "refresh_token", refreshToken.reveal()),
        tokens.scopes(),
        refreshToken,
        NO_CALLBACK);
  }

  private Result<UpstreamTokenResponse, UpstreamRefusal> post(
      Map<String, String> parameters, Scopes known, @Nullable Secret knownRefresh, URI callback) {
    String form =
        parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"))
            + ("&client_id=" + encode(clientId))
            + ("&client_secret=" + encode(clientSecret.reveal()));
    try {
      Reply reply =
          outbound.exchange(
              OutboundRequest.post(addresses.accessToken(), HEADERS, Body.utf8(form)), REPLY_LIMIT);
      return read(reply, known, knownRefresh, callback);
    } catch (IOException unreachable) {
      return unavailable("cannot reach the token endpoint: " + unreachable.getMessage());
    }
  }

  private Result<UpstreamTokenResponse, UpstreamRefusal> read(
      Reply reply, Scopes known, @Nullable Secret knownRefresh, URI callback) {
    JsonNode body;
    try {
      body = json.readTree(((Body.Whole) reply.body()).bytes());
    } catch (JacksonException notJson) {
      return unavailable("the token endpoint answered " + reply.status() + " without JSON");
    }
    String error = body.path("error").asString("");
    if (!error.isEmpty()) {
      return Result.refused(refusal(error, callback));
    }
    String accessToken = body.path("access_token").asString("");
    if (reply.status() != 200 || !CREDENTIAL.matcher(accessToken).matches()) {
      return unavailable("the token endpoint answered " + reply.status() + " without a token");
    }
    return Result.ok(tokens(body, accessToken, known, knownRefresh));
  }

  private UpstreamTokenResponse tokens(
      JsonNode body, String accessToken, Scopes known, @Nullable Secret knownRefresh) {
    String refreshToken = body.path("refresh_token").asString("");
    long expiresIn = Math.min(body.path("expires_in").asLong(0), LONGEST_LIFE.toSeconds());
    Instant expiresAt = expiresIn > 0 ? time.instant().plusSeconds(expiresIn) : null;
    return new UpstreamTokenResponse(
        new Secret(accessToken),
        refreshToken.isEmpty() ? knownRefresh : new Secret(refreshToken),
        expiresAt,
        granted(accessToken, body, known));
  }

  /**
   * What the token may do. The token of a GitHub App has no scopes: its permissions are fixed with
   * the app, so everything may be tried.
   */
  private static Scopes granted(String accessToken, JsonNode body, Scopes known) {
    if (accessToken.startsWith("ghu_")) {
      return GitHubScopes.all();
    }
    return body.has("scope")
        ? GitHubScopes.withImplied(GitHubScopes.parse(body.path("scope").asString("")))
        : known;
  }

  private static UpstreamRefusal refusal(String error, URI callback) {
    if (Registration.isMeantBy(error)) {
      return Registration.refusal(error, callback);
    }
    return switch (error) {
      case "bad_verification_code", "bad_refresh_token", "unsupported_grant_type" ->
          new UpstreamRefusal.Rejected(error);
      case "unverified_user_email" ->
          new UpstreamRefusal.UserMustAct("verify the primary e-mail address at GitHub");
      case "access_denied" -> new UpstreamRefusal.Denied();
      default -> new UpstreamRefusal.Unavailable("the token endpoint answered with another error");
    };
  }

  private static Result<UpstreamTokenResponse, UpstreamRefusal> unavailable(String what) {
    return Result.refused(new UpstreamRefusal.Unavailable(what));
  }

  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
