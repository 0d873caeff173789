package dev.ostiary.protocol.registration;

import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Json;
import dev.ostiary.protocol.Result;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client id metadata document: what a client says of itself under the URL that is its identifier
 * (draft-ietf-oauth-client-id-metadata-document §4). Its members are those of a registration, but
 * for secrets, which a public document cannot hold, and for a name and redirect URIs, which MCP
 * demands.
 *
 * @param metadata with a name and at least one redirect URI
 * @param methods how the client can authenticate, the way it likes best first; it needs no proof if
 *     it does not say
 */
public record ClientDocument(RegistrationRequest metadata, List<String> methods) {
  private static final String NONE = "none";
  private static final int MOST_METHODS = 20;

  private static final String CHOICES = "token_endpoint_auth_methods_supported";

  private static final Set<String> SECRET_METHODS =
      Set.of("client_secret_basic", "client_secret_post", "client_secret_jwt");

  /** The members of a JWK that only its owner may know (RFC 7518 §6.2.2, §6.3.2, §6.4.1). */
  private static final List<String> PRIVATE_MEMBERS =
      List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv");

  public ClientDocument {
    methods = List.copyOf(methods);
  }

  /** Why it is no document of this client. */
  public sealed interface Refusal {
    /** The content is no JSON object, has a member twice, or is too deep. */
    record NotAnObject() implements Refusal {}

    /** A member is missing that has to be there. */
    record Missing(String member) implements Refusal {}

    /** {@code client_id} is not, byte for byte, the URL that the document is under. */
    record OtherClient() implements Refusal {}

    /**
     * A secret that everybody can read.
     *
     * @param member our own spelling of where
     */
    record Secret(String member) implements Refusal {}

    /** {@code token_endpoint_auth_method} needs a secret, and there is none to share. */
    record SecretMethod() implements Refusal {}

    /**
     * A member is not what RFC 7591 says.
     *
     * @param problem to follow its name
     */
    record Malformed(String member, String problem) implements Refusal {}
  }

  public static Result<ClientDocument, Refusal> parse(byte[] json, ClientId expected) {
    return Json.readObject(json)
        .map(object -> read(object, expected))
        .orElseGet(() -> Result.refused(new Refusal.NotAnObject()));
  }

  private static Result<ClientDocument, Refusal> read(ObjectNode json, ClientId expected) {
    Optional<Refusal> refusal = identity(json, expected).or(() -> secrets(json));
    return refusal.isPresent()
        ? Result.refused(refusal.get())
        : switch (RegistrationRequest.read(json)) {
          case Result.Ok(RegistrationRequest request) -> complete(json, request);
          case Result.Refused(RegistrationRequest.Refusal.NotAnObject()) ->
              Result.refused(new Refusal.NotAnObject());
          case Result.Refused(
                  RegistrationRequest.Refusal.Malformed(String member, String problem)) ->
              Result.refused(new Refusal.Malformed(member, problem));
        };
  }

  private static Optional<Refusal> identity(ObjectNode json, ClientId expected) {
    JsonNode id = json.get("client_id");
    if (id == null || !id.isString()) {
      return Optional.of(new Refusal.Missing("client_id"));
    }
    return id.stringValue().equals(expected.value())
        ? Optional.empty()
        : Optional.of(new Refusal.OtherClient());
  }

  private static Optional<Refusal> secrets(ObjectNode json) {
    if (json.has("client_secret")) {
      return Optional.of(new Refusal.Secret("client_secret"));
    }
    if (json.has("client_secret_expires_at")) {
      return Optional.of(new Refusal.Secret("client_secret_expires_at"));
    }
    if (isPrivate(json) || isPrivate(json.get("jwk"))) {
      return Optional.of(new Refusal.Secret("a private key"));
    }
    JsonNode keys = json.get("jwks") == null ? null : json.get("jwks").get("keys");
    boolean inSet =
        keys != null
            && keys.isArray()
            && StreamSupport.stream(keys.spliterator(), false).anyMatch(ClientDocument::isPrivate);
    return inSet ? Optional.of(new Refusal.Secret("jwks")) : Optional.empty();
  }

  private static boolean isPrivate(@Nullable JsonNode key) {
    return key != null
        && key.has("kty")
        && (PRIVATE_MEMBERS.stream().anyMatch(key::has) || "oct".equals(kind(key)));
  }

  private static String kind(JsonNode key) {
    JsonNode kind = key.get("kty");
    return kind.isString() ? kind.stringValue().toLowerCase(Locale.ROOT) : "";
  }

  private static Result<ClientDocument, Refusal> complete(
      ObjectNode json, RegistrationRequest request) {
    if (request.clientName() == null) {
      return Result.refused(new Refusal.Missing("client_name"));
    }
    if (request.redirectUris().isEmpty()) {
      return Result.refused(new Refusal.Missing("redirect_uris"));
    }
    String method = request.tokenEndpointAuthMethod();
    if (method != null && SECRET_METHODS.contains(method)) {
      return Result.refused(new Refusal.SecretMethod());
    }
    return choices(json)
        .map(
            choices ->
                new ClientDocument(
                    request,
                    method == null && !choices.isEmpty()
                        ? choices
                        : Stream.concat(Stream.of(method == null ? NONE : method), choices.stream())
                            .distinct()
                            .toList()));
  }

  /** What else it can do (OpenID Connect RP Metadata Choices §3); no way with a secret is one. */
  private static Result<List<String>, Refusal> choices(ObjectNode json) {
    JsonNode choices = json.get(CHOICES);
    if (choices == null || choices.isNull()) {
      return Result.ok(List.of());
    }
    boolean texts =
        choices.isArray()
            && choices.size() <= MOST_METHODS
            && choices.values().stream().allMatch(JsonNode::isString);
    return texts
        ? Result.ok(
            choices.values().stream()
                .map(JsonNode::stringValue)
                .filter(choice -> !SECRET_METHODS.contains(choice))
                .toList())
        : Result.refused(new Refusal.Malformed(CHOICES, "must be an array of strings"));
  }
}
