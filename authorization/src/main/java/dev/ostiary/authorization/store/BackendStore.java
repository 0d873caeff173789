package dev.ostiary.authorization.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Remembers what was found out about the MCP servers behind the gateway. */
public interface BackendStore {
  /** How long a finding is kept. */
  Duration KEPT = Duration.ofDays(90);

  /** How a client and a server agree on what they speak. */
  enum Era {
    LEGACY,
    MODERN
  }

  /**
   * What was found out.
   *
   * @param spoken whether the server speaks this era
   */
  record Finding(Era era, boolean spoken, Instant at) {}

  /** Keeps a finding in place of an earlier one about the same era. */
  void learn(String backend, Finding finding);

  /**
   * What is known, at most one finding for each era.
   *
   * @param backend what its configuration is called: another one is another backend
   */
  List<Finding> find(String backend);
}
