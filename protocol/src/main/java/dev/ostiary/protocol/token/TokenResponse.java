package dev.ostiary.protocol.token;

import dev.ostiary.protocol.Json;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tokens for a client (OAuth 2.1 §3.2.3). The type is always {@code Bearer}, and the scope is
 * always said, whether it differs from what was asked for or not.
 *
 * @param expiresIn how long the access token lives; null if that is not known
 */
public record TokenResponse(
    Secret accessToken, @Nullable Duration expiresIn, Secret refreshToken, Scopes scopes) {
  public String toJson() {
    ObjectNode json = Json.object();
    json.put("access_token", accessToken.reveal());
    json.put("token_type", "Bearer");
    if (expiresIn != null) {
      json.put("expires_in", expiresIn.toSeconds());
    }
    json.put("refresh_token", refreshToken.reveal());
    json.put("scope", scopes.toWire());
    return Json.write(json);
  }
}
