package dev.ostiary.authorization.client.registration;

import dev.ostiary.authorization.client.assertion.KeyRefusal;
import dev.ostiary.authorization.client.redirect.RedirectRules;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.WireError;
import dev.ostiary.protocol.registration.RegistrationRequest;
import java.util.List;
import java.util.stream.Collectors;

/** Why a client is not registered, or not replaced (RFC 7591 §3.2.2, RFC 7592 §2.2). */
public sealed interface RegistrationRefusal {
  /** The content is of another type than JSON. */
  record NotJson() implements RegistrationRefusal {}

  /** It cannot be read. */
  record Unreadable(RegistrationRequest.Refusal refusal) implements RegistrationRefusal {}

  /**
   * One of its redirect URIs cannot be registered.
   *
   * @param index counted from zero
   */
  record BadRedirectUri(int index, RedirectRules.Refusal refusal) implements RegistrationRefusal {}

  /** It wants to authenticate in a way that does not work here; these do. */
  record MethodUnsupported(List<ClientAuthenticationMethod> methods)
      implements RegistrationRefusal {}

  /** The keys that it would prove itself with cannot be used. */
  record BadKeys(KeyRefusal refusal) implements RegistrationRefusal {}

  /** It asks for grant types, but not for the one that it could use. */
  record GrantTypesUnsupported() implements RegistrationRefusal {}

  /** It asks for response types, but not for the one there is. */
  record ResponseTypesUnsupported() implements RegistrationRefusal {}

  /** Its scope is no list of scope tokens. */
  record ScopeMalformed() implements RegistrationRefusal {}

  /** An update is not of the client whose registration this is. */
  record OtherClient() implements RegistrationRefusal {}

  /** An update has another secret than the client has; it cannot choose one. */
  record OtherSecret() implements RegistrationRefusal {}

  /** What the client is told. */
  default WireError wire() {
    return switch (this) {
      case NotJson() -> metadata("the content must be application/json");
      case Unreadable(RegistrationRequest.Refusal refusal) -> unreadable(refusal);
      case BadRedirectUri(int index, RedirectRules.Refusal refusal) ->
          new WireError(
              OAuthError.INVALID_REDIRECT_URI, "redirect_uris[" + index + "] " + refusal.text());
      case MethodUnsupported(List<ClientAuthenticationMethod> methods) ->
          metadata("token_endpoint_auth_method must be one of: " + names(methods));
      case BadKeys(KeyRefusal refusal) -> metadata(refusal.text());
      case GrantTypesUnsupported() -> metadata("grant_types must contain authorization_code");
      case ResponseTypesUnsupported() -> metadata("response_types must contain code");
      case OtherClient() -> metadata("client_id is not that of this registration");
      case OtherSecret() -> metadata("client_secret is not the present one; leave it out");
      case ScopeMalformed() -> metadata("scope must be scope tokens with a space between");
    };
  }

  private static WireError unreadable(RegistrationRequest.Refusal refusal) {
    return switch (refusal) {
      case RegistrationRequest.Refusal.NotAnObject() ->
          metadata("the content must be one JSON object in UTF-8, with no member twice");
      case RegistrationRequest.Refusal.Malformed(String member, String problem) ->
          member.equals("redirect_uris")
              ? new WireError(OAuthError.INVALID_REDIRECT_URI, member + " " + problem)
              : metadata(member + " " + problem);
    };
  }

  private static WireError metadata(String description) {
    return new WireError(OAuthError.INVALID_CLIENT_METADATA, description);
  }

  private static String names(List<ClientAuthenticationMethod> methods) {
    return methods.stream()
        .map(ClientAuthenticationMethod::toWire)
        .collect(Collectors.joining(", "));
  }
}
