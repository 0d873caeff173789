package dev.ostiary.authorization.store;

import java.time.Instant;
import java.util.List;

/** Remembers signing keys. */
public interface KeyStore {
  /** Every key, the oldest first. */
  List<StoredKey> all();

  /** Adds a key unless there is one already, in one step; answers with what is there then. */
  List<StoredKey> begin(StoredKey first);

  void add(StoredKey key);

  /** Replaces the key of the same id, if it is still there. */
  void replace(StoredKey key);

  /**
   * Adds a key, and gives every other one that has no time of removal this one, in one step: of any
   * number of concurrent calls, the key of one is left without.
   */
  void rotate(StoredKey next, Instant removeOthersAt);

  /** Puts another ciphertext of the same private key in the place of this one, if it is there. */
  boolean reseal(String keyId, Sealed old, Sealed fresh);

  void remove(String keyId);
}
