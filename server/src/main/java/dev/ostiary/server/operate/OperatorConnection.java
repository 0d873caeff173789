package dev.ostiary.server.operate;

import dev.ostiary.authorization.store.StoreInUse;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.server.data.DataDirectory;
import dev.ostiary.server.data.IoErrors;
import dev.ostiary.server.data.MasterKeySource;
import dev.ostiary.server.exit.StartRefused;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Finds the way to the data: the socket of a server that runs, or the data itself. The lock on the
 * data decides: the process that holds it may work on it, and no other can at the same time; while
 * another has it, there is a socket, or will be soon, or the lock will be free.
 */
public final class OperatorConnection {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int ATTEMPTS = 150;

  private final DataDirectory directory;
  private final MasterKeySource masterKey;
  private final InstantSource time;
  private final int attempts;

  /**
   * @param masterKey for work on the data itself
   */
  public OperatorConnection(
      DataDirectory directory, MasterKeySource masterKey, InstantSource time) {
    this(directory, masterKey, time, ATTEMPTS);
  }

  OperatorConnection(
      DataDirectory directory, MasterKeySource masterKey, InstantSource time, int attempts) {
    this.directory = directory;
    this.masterKey = masterKey;
    this.time = time;
    this.attempts = attempts;
  }

  /** Opens it. Waits for a server that starts or stops, and for other commands. */
  public Operating open() throws StartRefused, InterruptedException {
    for (int attempt = 0; attempt < attempts; attempt++) {
      Optional<Operating> way = attempt();
      if (way.isPresent()) {
        return way.get();
      }
      Thread.sleep(PAUSE);
    }
    throw StartRefused.data(
        directory.path()
            + " is locked by another process; no response at "
            + directory.socket()
            + ".");
  }

  private Optional<Operating> attempt() throws StartRefused {
    try {
      Optional<Operating> running = RunningOperating.connect(directory.socket());
      return running.isPresent()
          ? running
          : Optional.of(LocalOperating.open(directory, masterKey, time));
    } catch (StoreInUse startingOrStopping) {
      return Optional.empty();
    } catch (StoreUnavailable unavailable) {
      throw StartRefused.data(unavailable);
    } catch (IOException failure) {
      throw StartRefused.data(
          "The data directory "
              + directory.path()
              + " cannot be used: "
              + IoErrors.of(failure)
              + ". Run this as the user that the server runs as.");
    }
  }
}
