package dev.ostiary.protocol;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request to trade a refresh token (OAuth 2.1 §4.3).
 *
 * @param scopes those the access token shall have, or null for all of the grant's
 * @param resources as they were sent (RFC 8707 §2.2)
 */
public record RefreshTokenRequest(
    Secret refreshToken, @Nullable Scopes scopes, List<String> resources) {
  public RefreshTokenRequest {
    resources = List.copyOf(resources);
  }

  public static Result<RefreshTokenRequest, ParameterRefusal> parse(Parameters parameters) {
    Optional<String> token = parameters.first("refresh_token");
    if (token.isEmpty()) {
      return Result.refused(new ParameterRefusal.Missing("refresh_token"));
    }
    Optional<String> scope = parameters.first("scope");
    Optional<Scopes> scopes = scope.flatMap(Scopes::parse);
    if (scope.isPresent() && scopes.isEmpty()) {
      return Result.refused(new ParameterRefusal.Malformed("scope"));
    }
    return Result.ok(
        new RefreshTokenRequest(
            new Secret(token.get()), scopes.orElse(null), parameters.all("resource")));
  }
}
