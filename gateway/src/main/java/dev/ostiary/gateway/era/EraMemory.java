package dev.ostiary.gateway.era;

import dev.ostiary.mcp.Era;
import java.time.Instant;
import java.util.List;

/** Keeps what was found out about backends beyond the process. Its methods may block. */
public interface EraMemory {
  /** Keeps nothing. */
  EraMemory NONE =
      new EraMemory() {
        @Override
        public List<Finding> read(String backend) {
          return List.of();
        }

        @Override
        public void write(String backend, Finding finding) {}
      };

  /**
   * What was found out.
   *
   * @param spoken whether the backend speaks this era
   */
  record Finding(Era era, boolean spoken, Instant at) {}

  /**
   * What is known, at most one finding for each era.
   *
   * @param backend what its configuration is called
   */
  List<Finding> read(String backend);

  /** Keeps a finding in place of an earlier one of the same era. */
  void write(String backend, Finding finding);
}
