package dev.ostiary.protocol.registration;

import dev.ostiary.protocol.DisplayName;
import dev.ostiary.protocol.Json;
import dev.ostiary.protocol.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client says of itself when it registers (RFC 7591 §2, §3.1). A member that is null or
 * empty counts as left out, and an unknown one is ignored.
 *
 * @param grantTypes null if it did not say
 * @param responseTypes null if it did not say
 * @param display the further members that {@link ClientMetadata} keeps
 * @param keys what it says of its keys, as it says it
 */
public record RegistrationRequest(
    @Nullable String clientName,
    List<String> redirectUris,
    @Nullable String tokenEndpointAuthMethod,
    @Nullable List<String> grantTypes,
    @Nullable List<String> responseTypes,
    @Nullable String scope,
    @Nullable String applicationType,
    Map<String, String> display,
    Keys keys) {
  private static final int MOST_ENTRIES = 20;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_TEXT = 2000;
  private static final int LARGEST_JWKS = 16 * 1024;
  private static final List<String> DISPLAY =
      List.of("client_uri", "logo_uri", "tos_uri", "policy_uri", "software_id", "software_version");

  public RegistrationRequest {
    redirectUris = List.copyOf(redirectUris);
    grantTypes = grantTypes == null ? null : List.copyOf(grantTypes);
    responseTypes = responseTypes == null ? null : List.copyOf(responseTypes);
    display = Map.copyOf(display);
  }

  /** A request that says nothing of keys. */
  public RegistrationRequest(
      @Nullable String clientName,
      List<String> redirectUris,
      @Nullable String tokenEndpointAuthMethod,
      @Nullable List<String> grantTypes,
      @Nullable List<String> responseTypes,
      @Nullable String scope,
      @Nullable String applicationType,
      Map<String, String> display) {
    this(
        clientName,
        redirectUris,
        tokenEndpointAuthMethod,
        grantTypes,
        responseTypes,
        scope,
        applicationType,
        display,
        Keys.NONE);
  }

  /** This, with another way to authenticate. */
  public RegistrationRequest withMethod(String method) {
    return new RegistrationRequest(
        clientName,
        redirectUris,
        method,
        grantTypes,
        responseTypes,
        scope,
        applicationType,
        display,
        keys);
  }

  /**
   * The keys that a client would prove itself with.
   *
   * @param jwks a JSON object, of which nothing is known yet
   * @param jwksUri where such an object is
   * @param signingAlgorithm {@code token_endpoint_auth_signing_alg} (OpenID Connect Registration
   *     §2)
   */
  public record Keys(
      @Nullable String jwks, @Nullable String jwksUri, @Nullable String signingAlgorithm) {
    public static final Keys NONE = new Keys(null, null, null);
  }

  /** Why it cannot be read. */
  public sealed interface Refusal {
    /** The content is no JSON object, has a member twice, or is too deep. */
    record NotAnObject() implements Refusal {}

    /**
     * A member is not what RFC 7591 says.
     *
     * @param member our own spelling of its name
     * @param problem to follow the name
     */
    record Malformed(String member, String problem) implements Refusal {}
  }

  public static Result<RegistrationRequest, Refusal> parse(byte[] json) {
    return Json.readObject(json)
        .map(RegistrationRequest::read)
        .orElseGet(() -> Result.refused(new Refusal.NotAnObject()));
  }

  static Result<RegistrationRequest, Refusal> read(ObjectNode json) {
    var members = new Members(json);
    Map<String, String> display = new LinkedHashMap<>();
    for (String name : DISPLAY) {
      @Nullable String value = members.text(name, LONGEST_TEXT);
      if (value != null) {
        display.put(name, value);
      }
    }
    @Nullable List<String> contacts = members.texts("contacts");
    String readable = contacts == null ? "" : Members.contacts(contacts);
    if (!readable.isEmpty()) {
      display.put("contacts", readable);
    }
    @Nullable List<String> redirectUris = members.texts("redirect_uris");
    var request =
        new RegistrationRequest(
            members.text("client_name", LONGEST_NAME),
            redirectUris == null ? List.of() : redirectUris,
            members.text("token_endpoint_auth_method", LONGEST_NAME),
            members.texts("grant_types"),
            members.texts("response_types"),
            members.text("scope", LONGEST_TEXT),
            members.text("application_type", LONGEST_NAME),
            display,
            new Keys(
                members.object("jwks", LARGEST_JWKS),
                members.text("jwks_uri", LONGEST_TEXT),
                members.text("token_endpoint_auth_signing_alg", LONGEST_NAME)));
    return members.problem == null ? Result.ok(request) : Result.refused(members.problem);
  }

  /** Reads members one after the other and keeps the first problem. */
  private static final class Members {
    private final ObjectNode json;
    private Refusal.@Nullable Malformed problem;

    Members(ObjectNode json) {
      this.json = json;
    }

    @Nullable String text(String name, int longest) {
      @Nullable JsonNode node = json.get(name);
      if (node == null || node.isNull()) {
        return null;
      }
      if (!node.isString()) {
        refuse(name, "must be a string");
        return null;
      }
      String text = node.stringValue().strip();
      if (text.length() > longest) {
        refuse(name, "is longer than " + longest + " characters");
        return null;
      }
      if (text.codePoints().anyMatch(DisplayName::isDeceptive)) {
        refuse(name, "has an invisible character");
        return null;
      }
      return DisplayName.isBlank(text) ? null : text;
    }

    /** A JSON object, as text. */
    @Nullable String object(String name, int largest) {
      @Nullable JsonNode node = json.get(name);
      if (node == null || node.isNull()) {
        return null;
      }
      if (!node.isObject()) {
        refuse(name, "must be an object");
        return null;
      }
      String text = Json.write(node);
      if (text.length() > largest) {
        refuse(name, "is longer than " + largest + " characters");
        return null;
      }
      return text;
    }

    @Nullable List<String> texts(String name) {
      @Nullable JsonNode node = json.get(name);
      if (node == null || node.isNull() || (node.isArray() && node.isEmpty())) {
        return null;
      }
      if (!node.isArray()) {
        refuse(name, "must be an array of strings");
        return null;
      }
      if (node.size() > MOST_ENTRIES) {
        refuse(name, "has more than " + MOST_ENTRIES + " entries");
        return null;
      }
      List<String> texts = new ArrayList<>(node.size());
      for (JsonNode entry : node) {
        if (!entry.isString()) {
          refuse(name, "must be an array of strings");
          return null;
        }
        texts.add(entry.stringValue());
      }
      return texts;
    }

    private void refuse(String member, String text) {
      if (problem == null) {
        problem = new Refusal.Malformed(member, text);
      }
    }

    /** Those that can be kept: nothing depends on any of them. */
    private static String contacts(List<String> texts) {
      return texts.stream().filter(Members::isContact).collect(Collectors.joining(","));
    }

    private static boolean isContact(String text) {
      return !text.isEmpty()
          && text.length() <= LONGEST_NAME
          && text.indexOf(',') < 0
          && text.codePoints().noneMatch(DisplayName::isDeceptive);
    }
  }
}
