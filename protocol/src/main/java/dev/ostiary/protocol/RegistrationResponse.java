package dev.ostiary.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client that registered is told: its identifier, and its metadata as it is in force (RFC
 * 7591 §3.2.1).
 *
 * @param clientSecret null for a public client; it never expires
 */
public record RegistrationResponse(
    ClientId client, @Nullable Secret clientSecret, Instant issuedAt, ClientMetadata metadata) {
  public String toJson() {
    ObjectNode json = Json.object();
    json.put("client_id", client.value());
    json.put("client_id_issued_at", issuedAt.getEpochSecond());
    if (clientSecret != null) {
      json.put("client_secret", clientSecret.reveal());
      json.put("client_secret_expires_at", 0);
    }
    text(json, "client_name", metadata.name());
    array(json, "redirect_uris", metadata.redirectUris().stream().map(RedirectUri::value).toList());
    json.put("token_endpoint_auth_method", metadata.tokenEndpointAuthMethod());
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
