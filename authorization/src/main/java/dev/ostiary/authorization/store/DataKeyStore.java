package dev.ostiary.authorization.store;

import java.util.List;
import java.util.Optional;

/**
 * Remembers the keys that secrets at rest are sealed with, and the master key where a key
 * management service has sealed it.
 */
public interface DataKeyStore {
  /** Every key, the oldest first. */
  List<DataKey> all();

  /** Adds a key unless there is one already, in one step; answers with what is there then. */
  List<DataKey> begin(DataKey first);

  void add(DataKey key);

  void remove(String id);

  /** The master key as a key management service has sealed it, if there is one. */
  Optional<Sealed> masterKey();

  /**
   * Keeps a sealed master key unless there is one already, in one step; answers with the one that
   * is there then.
   */
  Sealed beginMasterKey(Sealed first);
}
