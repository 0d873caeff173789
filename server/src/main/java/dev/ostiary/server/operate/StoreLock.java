package dev.ostiary.server.operate;

import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.StoreInUse;
import dev.ostiary.server.data.DataDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** How a server gets the store: it waits for commands that are at work, and for no other server. */
public final class StoreLock {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int ATTEMPTS = 50;

  private StoreLock() {}

  /**
   * Opens the store.
   *
   * @throws StoreInUse if another server has it, or a command for too long
   * @throws dev.ostiary.authorization.store.StoreUnavailable saying what else is in the way
   */
  public static Store of(DataDirectory directory) {
    for (int attempt = 1; ; attempt++) {
      try {
        return directory.openStore();
      } catch (StoreInUse inUse) {
        if (attempt == ATTEMPTS || isServed(directory) || !pauses()) {
          throw inUse;
        }
      }
    }
  }

  private static boolean isServed(DataDirectory directory) {
    try {
      Optional<Operating> server = RunningOperating.connect(directory.socket());
      if (server.isPresent()) {
        server.get().close();
      }
      return server.isPresent();
    } catch (IOException somebodyElses) {
      return true;
    }
  }

  /** Whether the pause was not cut short. */
  private static boolean pauses() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
