package dev.ostiary.authorization.client.assertion;

/** Why a client's keys are not taken (RFC 7591 §2). */
public enum KeyRefusal {
  NO_KEYS("private_key_jwt needs jwks or jwks_uri"),
  TWO_SOURCES("jwks and jwks_uri must not both be there"),
  NOT_A_SET("jwks must be a JWK Set of at most 50 keys"),
  PRIVATE("jwks has a private key, which must stay with the client: it is not safe any more"),
  SYMMETRIC("jwks has a symmetric key, which proves nothing"),
  NO_USABLE_KEY(
      "jwks has no key to verify signatures with: P-256, Ed25519, or RSA of 2048 to 8192 bits"),
  BAD_ADDRESS("jwks_uri must be an https address without user information and fragment"),
  UNKNOWN_ALGORITHM(
      "token_endpoint_auth_signing_alg must be one of: "
          + String.join(", ", AssertionAlgorithm.allNames()));

  private final String text;

  KeyRefusal(String text) {
    this.text = text;
  }

  /** What a developer is told, as a whole sentence. */
  public String text() {
    return text;
  }
}
