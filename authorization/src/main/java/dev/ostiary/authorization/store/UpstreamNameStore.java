package dev.ostiary.authorization.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Remembers which user or organization of an upstream a name meant when it was first seen. Names
 * are given up and taken by others; ids are not.
 */
public interface UpstreamNameStore {
  /** What a name is the name of. */
  enum Kind {
    USER,
    ORGANIZATION
  }

  /**
   * A name.
   *
   * @param upstream where it is one
   * @param name in lower case
   */
  record Name(String upstream, Kind kind, String name) {}

  /**
   * Keeps what a name means, unless that is known. Of any number of concurrent calls, all are told
   * the same.
   *
   * @return the id that is kept
   */
  String keep(Name name, String id, Instant now);

  Optional<String> find(Name name);
}
