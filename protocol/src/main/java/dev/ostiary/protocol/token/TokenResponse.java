package dev.ostiary.protocol.token;

import dev.ostiary.protocol.Json;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tokens for a client (OAuth 2.1 §3.2.3). The type is always {@code Bearer}, and the scope is
 * always said, whether it differs from what was asked for or not.
 */
public record TokenResponse(
    Secret accessToken, Duration expiresIn, Secret refreshToken, Scopes scopes) {
  public String toJson() {
    ObjectNode json = Json.object();
    json.put("access_token", accessToken.reveal());
    json.put("token_type", "Bearer");
    json.put("expires_in", expiresIn.toSeconds());
    json.put("refresh_token", refreshToken.reveal());
    json.put("scope", scopes.toWire());
    return Json.write(json);
  }
}
