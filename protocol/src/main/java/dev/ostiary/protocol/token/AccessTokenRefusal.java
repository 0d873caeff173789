package dev.ostiary.protocol.token;

/** Why an access token is not accepted (RFC 9068 §4). */
public enum AccessTokenRefusal {
  /** Not a JWT of the type {@code at+jwt} with the claims it must have. */
  MALFORMED,
  /** Signed by a key or an algorithm that is not ours, or not over these bytes. */
  BAD_SIGNATURE,
  WRONG_ISSUER,
  /** For another protected resource than the one where it was sent. */
  WRONG_AUDIENCE,
  /** Not good any more, or not yet. */
  EXPIRED,
  /** Its grant has ended, or it was revoked by itself. */
  REVOKED,
  /** It cannot be found out at present. */
  UNAVAILABLE
}
