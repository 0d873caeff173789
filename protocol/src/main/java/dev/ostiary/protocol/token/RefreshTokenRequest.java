package dev.ostiary.protocol.token;

import dev.ostiary.protocol.ParameterRefusal;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import java.util.List;
import java.util.Optional;

/**
 * A request to trade a refresh token (OAuth 2.1 §4.3).
 *
 * @param scopes those the access token shall have; none for all of the grant's
 * @param resources as they were sent (RFC 8707 §2.2)
 */
public record RefreshTokenRequest(Secret refreshToken, Scopes scopes, List<String> resources) {
  public RefreshTokenRequest {
    resources = List.copyOf(resources);
  }

  public static Result<RefreshTokenRequest, ParameterRefusal> parse(Parameters parameters) {
    Optional<String> token = parameters.first("refresh_token");
    if (token.isEmpty()) {
      return Result.refused(new ParameterRefusal.Missing("refresh_token"));
    }
    Optional<Scopes> scopes = Scopes.parse(parameters.first("scope").orElse(""));
    return scopes.isEmpty()
        ? Result.refused(new ParameterRefusal.Malformed("scope"))
        : Result.ok(
            new RefreshTokenRequest(
                new Secret(token.get()), scopes.get(), parameters.all("resource")));
  }
}
