package dev.ostiary.testkit;

import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.StoredKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Stored signing keys; their JWKs are only text. */
public final class SampleKey {
  private SampleKey() {}

  /** A key that signs from its creation on. */
  public static StoredKey of(String keyId, Instant createdAt) {
    return new StoredKey(
        keyId,
        "ES256",
        "{\"kid\":\"" + keyId + "\"}",
        Sealed.of(("ciphertext of " + keyId).getBytes(StandardCharsets.UTF_8)),
        createdAt,
        createdAt,
        null);
  }

  /** The same key, to be removed then. */
  public static StoredKey retired(StoredKey key, Instant removeAt) {
    return new StoredKey(
        key.keyId(),
        key.algorithm(),
        key.publicJwk(),
        key.privateJwk(),
        key.createdAt(),
        key.signsFrom(),
        removeAt);
  }
}
