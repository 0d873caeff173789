package dev.ostiary.protocol;

import dev.ostiary.protocol.registration.RegistrationRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Messages as a client would write them: the other direction of what is parsed. */
public final class Printed {
  private Printed() {}

  /** A form with these parameters, in this order. */
  public static String form(List<Map.Entry<String, String>> parameters) {
    return parameters.stream()
        .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  /** HTTP Basic with these credentials (OAuth 2.1 §2.4.1). */
  static String basic(ClientCredentials.Basic credentials) {
    String pair =
        encode(credentials.client().value()) + ":" + encode(credentials.secret().reveal());
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /** The registration of a client that says this of itself. */
  public static ObjectNode registration(RegistrationRequest request) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("client_name", request.clientName());
    array(json, "redirect_uris", request.redirectUris());
    json.put("token_endpoint_auth_method", request.tokenEndpointAuthMethod());
    array(json, "grant_types", request.grantTypes());
    array(json, "response_types", request.responseTypes());
    json.put("scope", request.scope());
    json.put("application_type", request.applicationType());
    request.display().forEach(json::put);
    if (request.display().containsKey("contacts")) {
      String contacts = request.display().getOrDefault("contacts", "");
      array(json, "contacts", Arrays.asList(contacts.split(",", -1)));
    }
    return json;
  }

  public static byte[] utf8(ObjectNode json) {
    return JsonMapper.shared().writeValueAsBytes(json);
  }

  /** Fails for what no error description may have (OAuth 2.1 §3.2.4). */
  public static void checkErrorText(String text) {
    new WireError(OAuthError.INVALID_REQUEST, text);
  }

  private static void array(ObjectNode json, String name, @Nullable List<String> values) {
    if (values == null) {
      json.putNull(name);
    } else {
      ArrayNode array = json.putArray(name);
      values.forEach(array::add);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
