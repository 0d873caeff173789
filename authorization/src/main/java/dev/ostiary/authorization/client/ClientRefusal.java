package dev.ostiary.authorization.client;

import dev.ostiary.authorization.limit.TooMany;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.WireError;
import org.jspecify.annotations.Nullable;

/**
 * Why a client is not authenticated (OAuth 2.1 §2.4, §3.2.4).
 *
 * @param byHeader whether it tried with an {@code Authorization} header
 * @param tooMany when it may try again, if its secret was not even compared; then the answer is 429
 */
public record ClientRefusal(Reason reason, boolean byHeader, @Nullable TooMany tooMany) {
  public ClientRefusal(Reason reason, boolean byHeader) {
    this(reason, byHeader, null);
  }

  /** What was wrong. */
  public enum Reason {
    /** It uses two methods at once, or names two clients. */
    SEVERAL_METHODS,
    /** It names no client. */
    ABSENT,
    /** Its header is not HTTP Basic with an encoded name and secret. */
    MALFORMED_HEADER,
    /** It brings an assertion, which nobody registered for. */
    ASSERTION,
    /** Never registered here, or forgotten. */
    UNKNOWN,
    /** It is registered for another method. */
    WRONG_METHOD,
    WRONG_SECRET,
    /** Its secret was not compared: too many were wrong. */
    TOO_MANY_WRONG_SECRETS,
    /** A public client, where only those may ask that can prove who they are. */
    NOT_CONFIDENTIAL
  }

  /** What the client is told. */
  public WireError wire() {
    return switch (reason) {
      case SEVERAL_METHODS ->
          new WireError(
              OAuthError.INVALID_REQUEST, "more than one way of client authentication was used");
      case ABSENT -> invalidClient("client_id is missing");
      case MALFORMED_HEADER -> invalidClient("the Authorization header is not HTTP Basic");
      case ASSERTION -> invalidClient("client assertions are not supported");
      case UNKNOWN -> invalidClient("the client is not known here; register it again");
      case WRONG_METHOD ->
          invalidClient("this is not the authentication method the client registered");
      case WRONG_SECRET -> invalidClient("the client secret is wrong");
      case TOO_MANY_WRONG_SECRETS ->
          new WireError(OAuthError.TEMPORARILY_UNAVAILABLE, "too many client secrets were wrong");
      case NOT_CONFIDENTIAL -> invalidClient("only clients that have a secret may ask here");
    };
  }

  /** Its name in the audit stream. */
  public String name() {
    return switch (reason) {
      case SEVERAL_METHODS -> "client-several-methods";
      case ABSENT -> "client-absent";
      case MALFORMED_HEADER -> "client-malformed-header";
      case ASSERTION -> "client-assertion";
      case UNKNOWN -> "client-unknown";
      case WRONG_METHOD -> "client-wrong-method";
      case WRONG_SECRET -> "client-wrong-secret";
      case TOO_MANY_WRONG_SECRETS -> "client-too-many-wrong-secrets";
      case NOT_CONFIDENTIAL -> "client-not-confidential";
    };
  }

  private static WireError invalidClient(String description) {
    return new WireError(OAuthError.INVALID_CLIENT, description);
  }
}
