package dev.ostiary.connector.openid;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Json;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The token and revocation endpoints of a provider (RFC 6749 §4.1.3, §6; RFC 7009). */
final class ProviderTokens {
  private static final System.Logger LOG = System.getLogger(ProviderTokens.class.getName());

  /** A token that claims to live longer is asked about no later than this. */
  private static final Duration LONGEST_LIFE = Duration.ofDays(365);

  /** What can stand in a header (RFC 6750 §2.1). */
  private static final Pattern CREDENTIAL = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  /** A refresh names no callback, so none of its errors is about one. */
  private static final URI NO_CALLBACK = URI.create("");

  private final ProviderHttp http;
  private final ClientAuthentication client;
  private final Refusals refusals;
  private final InstantSource time;

  ProviderTokens(
      ProviderHttp http, ClientAuthentication client, Refusals refusals, InstantSource time) {
    this.http = http;
    this.client = client;
    this.refusals = refusals;
    this.time = time;
  }

  /**
   * Trades a code for tokens, whose ID token has not been looked at.
   *
   * @param asked the scopes that were asked for, which were granted if nothing else is said
   */
  Result<UpstreamTokenResponse, UpstreamRefusal> redeem(
      ProviderMetadata metadata, String code, String verifier, URI redirectUri, Scopes asked) {
    return post(
            metadata,
            Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "code_verifier",
                verifier,
                "redirect_uri",
                redirectUri.toString()))
        .then(reply -> read(reply, redirectUri, asked, null));
  }

  /** Fresh tokens. A reply without a refresh token or scopes leaves them as they were. */
  Result<UpstreamTokenResponse, UpstreamRefusal> refresh(
      ProviderMetadata metadata, Secret refreshToken, Scopes granted) {
    return post(
            metadata, Map.of("grant_type", "refresh_token", "refresh_token", refreshToken.reveal()))
        .then(reply -> read(reply, NO_CALLBACK, granted, refreshToken));
  }

  /**
   * The error for a code that was never issued; {@code invalid_grant} if all else is as it has to
   * be.
   */
  Result<String, UpstreamRefusal> probe(ProviderMetadata metadata, URI redirectUri) {
    return post(
            metadata,
            Map.of(
                "grant_type", "authorization_code",
                "code", "doctor",
                "code_verifier", "doctor-doctor-doctor-doctor-doctor-doctor-doctor",
                "redirect_uri", redirectUri.toString()))
        .map(
            reply ->
                Json.readObject(ProviderHttp.content(reply))
                    .map(body -> body.path("error").asString(""))
                    .orElse(""));
  }

  private Result<Reply, UpstreamRefusal> post(ProviderMetadata metadata, Map<String, String> form) {
    ClientAuthentication.Proven proven = client.prove(metadata, form);
    try {
      Reply reply = http.post(metadata.tokenEndpoint(), proven.authorization(), proven.form());
      return reply.status() == 429 ? Result.refused(refusals.limited(reply)) : Result.ok(reply);
    } catch (IOException unreachable) {
      return unavailable("cannot be reached: " + unreachable.getMessage());
    }
  }

  private Result<UpstreamTokenResponse, UpstreamRefusal> read(
      Reply reply, URI callback, Scopes known, @Nullable Secret knownRefresh) {
    Optional<ObjectNode> body = Json.readObject(ProviderHttp.content(reply));
    if (body.isEmpty()) {
      return unavailable("answered " + reply.status() + " without JSON");
    }
    String error = body.get().path("error").asString("");
    if (!error.isEmpty()) {
      return Result.refused(refusals.token(error, callback));
    }
    if (reply.status() != 200) {
      return unavailable("answered " + reply.status());
    }
    try {
      OIDCTokens tokens =
          OIDCTokenResponse.parse(
                  JSONObjectUtils.parse(
                      new String(ProviderHttp.content(reply), StandardCharsets.UTF_8)))
              .getOIDCTokens();
      return CREDENTIAL.matcher(tokens.getAccessToken().getValue()).matches()
          ? Result.ok(response(tokens, body.get(), known, knownRefresh))
          : unavailable("answered with an access token that no header can carry");
    } catch (ParseException | RuntimeException malformed) { // the library throws others, too
      return unavailable("answered without tokens that can be used");
    }
  }

  private UpstreamTokenResponse response(
      OIDCTokens tokens, ObjectNode body, Scopes known, @Nullable Secret knownRefresh) {
    long life = Math.min(tokens.getAccessToken().getLifetime(), LONGEST_LIFE.toSeconds());
    Instant expiresAt = life > 0 ? time.instant().plusSeconds(life) : null;
    Secret refreshToken =
        tokens.getRefreshToken() == null
            ? knownRefresh
            : new Secret(tokens.getRefreshToken().getValue());
    String idToken = body.path("id_token").asString("");
    Scopes granted =
        body.path("scope").isString()
            ? Scopes.parse(body.path("scope").asString()).orElse(known)
            : known;
    return new UpstreamTokenResponse(
        new Secret(tokens.getAccessToken().getValue()),
        refreshToken,
        expiresAt,
        refreshToken == null
            ? granted.minus(Scopes.OFFLINE_ACCESS)
            : granted.union(Scopes.OFFLINE_ACCESS),
        idToken.isEmpty() ? null : new Secret(idToken));
  }

  /** Ends the refresh token, and what descends from it; without one, the access token. */
  void revoke(ProviderMetadata metadata, UpstreamTokenResponse tokens) {
    Optional<URI> endpoint = metadata.revocationEndpoint();
    if (endpoint.isEmpty()) {
      return;
    }
    Secret refreshToken = tokens.refreshToken();
    ClientAuthentication.Proven proven =
        client.prove(
            metadata,
            refreshToken == null
                ? Map.of("token", tokens.accessToken().reveal(), "token_type_hint", "access_token")
                : Map.of("token", refreshToken.reveal(), "token_type_hint", "refresh_token"));
    try {
      Reply reply = http.post(endpoint.get(), proven.authorization(), proven.form());
      if (reply.status() != 200) {
        LOG.log(Level.WARNING, "{0} answered {1} to a revocation", endpoint.get(), reply.status());
      }
    } catch (IOException unreachable) {
      LOG.log(
          Level.WARNING,
          "{0} could not be told of a revocation: {1}",
          endpoint.get(),
          unreachable.getMessage());
    }
  }

  private static <T> Result<T, UpstreamRefusal> unavailable(String what) {
    return Result.refused(new UpstreamRefusal.Unavailable("the token endpoint " + what));
  }
}
