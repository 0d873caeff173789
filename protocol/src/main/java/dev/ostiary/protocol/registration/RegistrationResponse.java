package dev.ostiary.protocol.registration;

import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Json;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client that registered is told: its identifier, its metadata as it is in force (RFC 7591
 * §3.2.1), and how it can change that (RFC 7592 §3).
 *
 * @param clientSecret null for a public client, and where the client has it already; it never
 *     expires
 * @param registrationClientUri where the registration can be read, replaced and deleted
 * @param registrationAccessToken what opens it there
 * @param droppedRedirectUris what is wrong with each of those that were sent and are not in force;
 *     a member of our own, for the client's developer
 */
public record RegistrationResponse(
    ClientId client,
    @Nullable Secret clientSecret,
    Instant issuedAt,
    ClientMetadata metadata,
    String registrationClientUri,
    Secret registrationAccessToken,
    List<String> droppedRedirectUris) {
  public RegistrationResponse {
    droppedRedirectUris = List.copyOf(droppedRedirectUris);
  }

  public String toJson() {
    ObjectNode json = Json.object();
    json.put("client_id", client.value());
    json.put("client_id_issued_at", issuedAt.getEpochSecond());
    if (clientSecret != null) {
      json.put("client_secret", clientSecret.reveal());
      json.put("client_secret_expires_at", 0);
    }
    json.put("registration_client_uri", registrationClientUri);
    json.put("registration_access_token", registrationAccessToken.reveal());
    text(json, "client_name", metadata.name());
    array(json, "redirect_uris", metadata.redirectUris().stream().map(RedirectUri::value).toList());
    if (!droppedRedirectUris.isEmpty()) {
      array(json, "redirect_uris_dropped", droppedRedirectUris);
    }
    json.put("token_endpoint_auth_method", metadata.tokenEndpointAuthMethod());
    keys(json, metadata.keys());
    array(json, "grant_types", metadata.grantTypes());
    array(json, "response_types", metadata.responseTypes());
    text(json, "scope", metadata.scope());
    text(json, "application_type", metadata.applicationType());
    metadata.display().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            member -> {
              if (member.getKey().equals("contacts")) {
                array(json, "contacts", List.of(member.getValue().split(",")));
              } else {
                json.put(member.getKey(), member.getValue());
              }
            });
    return Json.write(json);
  }

  private static void keys(ObjectNode json, @Nullable ClientKeys keys) {
    if (keys == null) {
      return;
    }
    text(json, "token_endpoint_auth_signing_alg", keys.signingAlgorithm());
    switch (keys.source()) {
      case ClientKeys.At(URI uri) -> json.put("jwks_uri", uri.toString());
      case ClientKeys.Inline(String jwks) ->
          json.set("jwks", Json.readObject(jwks.getBytes(StandardCharsets.UTF_8)).orElseThrow());
    }
  }

  private static void text(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static void array(ObjectNode json, String name, List<String> values) {
    ArrayNode array = json.putArray(name);
    values.forEach(array::add);
  }
}
