package dev.ostiary.embed;

import dev.ostiary.gateway.era.EraMemory;
import dev.ostiary.gateway.era.RememberedEras;
import dev.ostiary.gateway.peer.Eras;
import dev.ostiary.mcp.Era;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** Which eras backends speak, each by its configuration. */
final class BackendEras {
  private static final System.Logger LOG = System.getLogger(BackendEras.class.getName());

  /** A transport that the modern era does not have. */
  static final Eras LEGACY_ONLY =
      new Eras() {
        @Override
        public Boolean speaks(Era era) {
          return era == Era.LEGACY;
        }

        @Override
        public void learned(Era era, boolean spoken) {}
      };

  private final EraMemory memory;
  private final Executor executor;
  private final InstantSource time;

  /**
   * @param executor for work that blocks
   */
  BackendEras(EraMemory memory, Executor executor, InstantSource time) {
    this.memory = memory;
    this.executor = executor;
    this.time = time;
  }

  /**
   * Those of one backend.
   *
   * @param configuration all that decides which server answers; another one is another backend
   */
  Eras of(String... configuration) {
    return RememberedEras.of(RememberedEras.name(configuration), memory, executor, time, LOG);
  }
}
