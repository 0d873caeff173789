package dev.ostiary.authorization.client;

import dev.ostiary.authorization.client.assertion.AssertionRefusal;
import dev.ostiary.authorization.limit.RateLimited;
import dev.ostiary.protocol.ClientAssertion;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.WireError;
import org.jspecify.annotations.Nullable;

/**
 * Why a client is not authenticated (OAuth 2.1 §2.4, §3.2.4).
 *
 * @param byHeader whether it tried with an {@code Authorization} header
 * @param tooMany when it may try again, if its secret was not even compared; then the answer is 429
 * @param assertion why its assertion proves nothing, if it has one that was looked at
 */
public record ClientRefusal(
    Reason reason,
    boolean byHeader,
    @Nullable RateLimited tooMany,
    @Nullable AssertionRefusal assertion) {
  public ClientRefusal(Reason reason, boolean byHeader) {
    this(reason, byHeader, null, null);
  }

  static ClientRefusal of(RateLimited tooMany, boolean byHeader) {
    return new ClientRefusal(Reason.TOO_MANY_WRONG_SECRETS, byHeader, tooMany, null);
  }

  static ClientRefusal of(AssertionRefusal assertion) {
    Reason reason =
        switch (assertion) {
          case AssertionRefusal.Invalid _ -> Reason.ASSERTION_INVALID;
          case AssertionRefusal.KeysUnavailable _ -> Reason.KEYS_UNAVAILABLE;
        };
    return new ClientRefusal(reason, false, null, assertion);
  }

  /** What was wrong. */
  public enum Reason {
    /** It uses two methods at once, or names two clients. */
    SEVERAL_METHODS,
    /** It names no client. */
    ABSENT,
    /** Its header is not HTTP Basic with an encoded name and secret. */
    MALFORMED_HEADER,
    /** Its assertion comes without its type, or the type without an assertion. */
    HALF_AN_ASSERTION,
    /** Its assertion is of a type that is unknown here. */
    OTHER_ASSERTION,
    /** Its assertion is all that names it, and cannot be read. */
    UNREADABLE_ASSERTION,
    /** Its assertion does not prove that it is who it says. */
    ASSERTION_INVALID,
    /** The keys that its assertion has to be checked with cannot be had at present. */
    KEYS_UNAVAILABLE,
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
      case HALF_AN_ASSERTION ->
          new WireError(
              OAuthError.INVALID_REQUEST,
              "client_assertion and client_assertion_type belong together");
      case OTHER_ASSERTION ->
          invalidClient("client_assertion_type must be " + ClientAssertion.TYPE);
      case UNREADABLE_ASSERTION, ASSERTION_INVALID ->
          invalidClient("the client assertion is not valid");
      case KEYS_UNAVAILABLE ->
          new WireError(
              OAuthError.TEMPORARILY_UNAVAILABLE, "the keys of the client cannot be fetched");
      case UNKNOWN -> invalidClient("the client is not known here; register it again");
      case WRONG_METHOD ->
          invalidClient("this is not the authentication method the client registered");
      case WRONG_SECRET -> invalidClient("the client secret is wrong");
      case TOO_MANY_WRONG_SECRETS ->
          new WireError(OAuthError.TEMPORARILY_UNAVAILABLE, "too many client secrets were wrong");
      case NOT_CONFIDENTIAL ->
          invalidClient("only clients that have a secret or a key may ask here");
    };
  }

  /** Its name in the audit stream. */
  public String name() {
    return switch (reason) {
      case SEVERAL_METHODS -> "client-several-methods";
      case ABSENT -> "client-absent";
      case MALFORMED_HEADER -> "client-malformed-header";
      case HALF_AN_ASSERTION -> "client-assertion-incomplete";
      case OTHER_ASSERTION -> "client-assertion-of-another-kind";
      case UNREADABLE_ASSERTION -> "client-assertion-unreadable";
      case ASSERTION_INVALID -> "client-assertion-" + flaw();
      case KEYS_UNAVAILABLE -> "client-keys-unavailable";
      case UNKNOWN -> "client-unknown";
      case WRONG_METHOD -> "client-wrong-method";
      case WRONG_SECRET -> "client-wrong-secret";
      case TOO_MANY_WRONG_SECRETS -> "client-too-many-wrong-secrets";
      case NOT_CONFIDENTIAL -> "client-not-confidential";
    };
  }

  private String flaw() {
    return assertion instanceof AssertionRefusal.Invalid(var flaw) ? flaw.reason() : "invalid";
  }

  private static WireError invalidClient(String description) {
    return new WireError(OAuthError.INVALID_CLIENT, description);
  }
}
