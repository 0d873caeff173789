package dev.ostiary.authorization.client.assertion;

/** Why an assertion does not prove that a client is who it says. */
public sealed interface AssertionRefusal {
  /** It would not at any other time either. */
  record Invalid(Flaw flaw) implements AssertionRefusal {}

  /**
   * Whether it does cannot be found out now: the client's keys are at an address that does not
   * answer.
   *
   * @param retryAfter in how many seconds it is asked again
   */
  record KeysUnavailable(int retryAfter) implements AssertionRefusal {}

  /** What is wrong with an assertion, or with the keys it is checked with. */
  enum Flaw {
    /** No JWT in compact form, or too large, or with a claim of the wrong type. */
    MALFORMED("malformed"),
    /** Of another media type: a token that was issued for something else (RFC 8725 §3.11). */
    OTHER_TYPE("type"),
    /** Signed with an algorithm that is unknown here, or not the one that the client registered. */
    ALGORITHM("algorithm"),
    /** It has extensions that must be understood, and none is (RFC 7515 §4.1.11). */
    CRITICAL_EXTENSION("critical-extension"),
    ISSUER("issuer"),
    SUBJECT("subject"),
    AUDIENCE("audience"),
    NO_EXPIRY("no-expiry"),
    EXPIRED("expired"),
    /** It would be good for longer than an assertion may be. */
    LONG_LIVED("long-lived"),
    NOT_YET_VALID("not-yet-valid"),
    ISSUED_IN_THE_FUTURE("issued-in-the-future"),
    /** It has no {@code jti}, so that it could be used again. */
    NO_ID("no-id"),
    /** The client has no key that fits. */
    KEY_UNKNOWN("key-unknown"),
    /** What is at the address of the client's keys is no JWK Set that can be used. */
    KEYS_UNUSABLE("keys-unusable"),
    SIGNATURE("signature"),
    /** It was used before (RFC 7523 §3, {@code jti}). */
    REPLAYED("replayed");

    private final String reason;

    Flaw(String reason) {
      this.reason = reason;
    }

    /** Its name in the audit stream, after {@code client-assertion-}. */
    public String reason() {
      return reason;
    }
  }
}
