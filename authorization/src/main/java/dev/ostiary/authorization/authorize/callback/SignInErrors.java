package dev.ostiary.authorization.authorize.callback;

import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.WireError;

/** What a client and the audit log are told when a sign-in at the upstream has failed. */
final class SignInErrors {
  static final WireError NOTHING_GRANTED =
      new WireError(
          OAuthError.ACCESS_DENIED,
          "The user granted none of the requested scopes at the identity provider.");

  static final WireError ANOTHER_USER =
      new WireError(
          OAuthError.INTERACTION_REQUIRED,
          "A different user signed in than the one who approved; user interaction is required.");

  private SignInErrors() {}

  /** For the client: whose fault it is and whether trying again helps, and nothing else. */
  static WireError wire(UpstreamRefusal refusal) {
    return switch (refusal) {
      case UpstreamRefusal.Denied _ ->
          new WireError(
              OAuthError.ACCESS_DENIED, "The user denied access at the identity provider.");
      case UpstreamRefusal.NotAllowed _ ->
          new WireError(OAuthError.ACCESS_DENIED, "The user is not allowed to use this server.");
      case UpstreamRefusal.UserMustAct _ ->
          new WireError(
              OAuthError.ACCESS_DENIED,
              "The user must complete an action at the identity provider first.");
      case UpstreamRefusal.Rejected _ ->
          new WireError(OAuthError.SERVER_ERROR, "The identity provider rejected the sign-in.");
      case UpstreamRefusal.Misconfigured _ ->
          new WireError(
              OAuthError.SERVER_ERROR,
              "This server is not registered correctly at the identity provider.");
      case UpstreamRefusal.WrongIssuer _ ->
          new WireError(
              OAuthError.SERVER_ERROR, "The identity provider's response has another issuer.");
      case UpstreamRefusal.Limited _ ->
          new WireError(
              OAuthError.TEMPORARILY_UNAVAILABLE,
              "The identity provider's rate limit is reached; try again later.");
      case UpstreamRefusal.Unavailable _ ->
          new WireError(
              OAuthError.TEMPORARILY_UNAVAILABLE,
              "The identity provider does not respond; try again later.");
    };
  }

  /** For the audit log: a stable name; the upstream's own where the registration there is wrong. */
  static String reason(UpstreamRefusal refusal) {
    return switch (refusal) {
      case UpstreamRefusal.Denied _ -> "denied";
      case UpstreamRefusal.NotAllowed _ -> "not_allowed";
      case UpstreamRefusal.UserMustAct _ -> "user_must_act";
      case UpstreamRefusal.Rejected _ -> "rejected";
      case UpstreamRefusal.Misconfigured(String error, var _) -> error;
      case UpstreamRefusal.WrongIssuer _ -> "wrong_issuer";
      case UpstreamRefusal.Limited(boolean ofUser, var _) ->
          ofUser ? "user_rate_limited" : "rate_limited";
      case UpstreamRefusal.Unavailable _ -> "unavailable";
    };
  }

  /** For the log: what the operator has to correct has a higher level. */
  static System.Logger.Level level(UpstreamRefusal refusal) {
    return switch (refusal) {
      case UpstreamRefusal.WrongIssuer _,
          UpstreamRefusal.Limited _,
          UpstreamRefusal.Unavailable _ ->
          System.Logger.Level.WARNING;
      default -> System.Logger.Level.INFO;
    };
  }
}
