package dev.ostiary.embed;

import java.time.Instant;

/** A client that proves itself with a key: what it publishes, and what it signs for us. */
public final class SampleProof {
  private SampleProof() {}

  /** Its public keys. */
  public static String jwks() {
    return SampleKeys.set(SampleKeys.EC);
  }

  public static String assertion(String client) {
    return SampleAssertion.of(client, Instant.now()).signedBy(SampleKeys.EC);
  }
}
