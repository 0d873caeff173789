package dev.ostiary.authorization.store;

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

  void remove(String keyId);
}
