package dev.ostiary.protocol.registration;

import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Json;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client wants to be known of it from now on, in place of all that was (RFC 7592 §2.2).
 *
 * @param client who it says it is
 * @param clientSecret the secret it believes it has, or null; it cannot choose one
 * @param metadata what it says of itself; what it leaves out is reset
 */
public record RegistrationUpdate(
    ClientId client, @Nullable Secret clientSecret, RegistrationRequest metadata) {
  /** What the server gave the client, and the client may not send back. */
  private static final List<String> SERVER_MANAGED =
      List.of(
          "registration_access_token",
          "registration_client_uri",
          "client_secret_expires_at",
          "client_id_issued_at");

  public static Result<RegistrationUpdate, RegistrationRequest.Refusal> parse(byte[] json) {
    return Json.readObject(json)
        .map(RegistrationUpdate::read)
        .orElseGet(() -> Result.refused(new RegistrationRequest.Refusal.NotAnObject()));
  }

  private static Result<RegistrationUpdate, RegistrationRequest.Refusal> read(ObjectNode json) {
    for (String member : SERVER_MANAGED) {
      if (json.has(member)) {
        return malformed(member, "is set by the server and must be left out");
      }
    }
    JsonNode client = json.get("client_id");
    if (client == null || !client.isString()) {
      return malformed("client_id", "must be the identifier of the client");
    }
    JsonNode secret = json.hasNonNull("client_secret") ? json.get("client_secret") : null;
    if (secret != null && !secret.isString()) {
      return malformed("client_secret", "must be a string");
    }
    return RegistrationRequest.read(json)
        .map(
            metadata ->
                new RegistrationUpdate(
                    new ClientId(client.stringValue()),
                    secret == null ? null : new Secret(secret.stringValue()),
                    metadata));
  }

  private static Result<RegistrationUpdate, RegistrationRequest.Refusal> malformed(
      String member, String problem) {
    return Result.refused(new RegistrationRequest.Refusal.Malformed(member, problem));
  }
}
