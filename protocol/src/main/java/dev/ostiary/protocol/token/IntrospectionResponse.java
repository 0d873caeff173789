package dev.ostiary.protocol.token;

import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Json;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** What is said of a token (RFC 7662 §2.2). */
public sealed interface IntrospectionResponse {
  String toJson();

  /** Unknown, expired, revoked, or none of the caller's business: one answer for all. */
  record Inactive() implements IntrospectionResponse {
    @Override
    public String toJson() {
      ObjectNode json = Json.object();
      json.put("active", false);
      return Json.write(json);
    }
  }

  /**
   * An access token that is good now.
   *
   * @param userName how the upstream calls the user
   * @param id its {@code jti}
   */
  record AccessToken(
      Issuer issuer,
      Scopes scopes,
      ClientId client,
      String userName,
      Subject subject,
      Resource audience,
      String id,
      Instant issuedAt,
      Instant expiresAt)
      implements IntrospectionResponse {
    @Override
    public String toJson() {
      ObjectNode json = active(issuer, scopes, client, userName, subject, expiresAt);
      json.put("token_type", "Bearer");
      json.put("aud", audience.value());
      json.put("jti", id);
      json.put("iat", issuedAt.getEpochSecond());
      return Json.write(json);
    }
  }

  /**
   * A refresh token that can be used now. It has no audience and no type, so that no server takes
   * it for an access token.
   *
   * @param userName how the upstream calls the user
   */
  record RefreshToken(
      Issuer issuer,
      Scopes scopes,
      ClientId client,
      String userName,
      Subject subject,
      Instant expiresAt)
      implements IntrospectionResponse {
    @Override
    public String toJson() {
      return Json.write(active(issuer, scopes, client, userName, subject, expiresAt));
    }
  }

  private static ObjectNode active(
      Issuer issuer,
      Scopes scopes,
      ClientId client,
      String userName,
      Subject subject,
      Instant expiresAt) {
    ObjectNode json = Json.object();
    json.put("active", true);
    if (!scopes.isEmpty()) {
      json.put("scope", scopes.toWire());
    }
    json.put("client_id", client.value());
    json.put("username", userName);
    json.put("sub", subject.value());
    json.put("iss", issuer.value());
    json.put("exp", expiresAt.getEpochSecond());
    return json;
  }
}
