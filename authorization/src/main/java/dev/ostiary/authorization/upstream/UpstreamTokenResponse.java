package dev.ostiary.authorization.upstream;

import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tokens an upstream gave us.
 *
 * @param expiresAt the end of the access token; null if it has none
 * @param scopes those that were granted
 * @param idToken says who the user is, for servers that take it (OpenID Connect Core §2); null if
 *     there is none
 */
public record UpstreamTokenResponse(
    Secret accessToken,
    @Nullable Secret refreshToken,
    @Nullable Instant expiresAt,
    Scopes scopes,
    @Nullable Secret idToken) {
  /** Tokens without an ID token. */
  public UpstreamTokenResponse(
      Secret accessToken,
      @Nullable Secret refreshToken,
      @Nullable Instant expiresAt,
      Scopes scopes) {
    this(accessToken, refreshToken, expiresAt, scopes, null);
  }
}
