package dev.ostiary.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.store.BrowserSession;
import dev.ostiary.testkit.SampleSession;
import dev.ostiary.testkit.SampleTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long SQLite's log gets. */
final class LogSizeTest {
  private static final int MIB = 1024 * 1024;
  private static final String LONG_NAME = "name ".repeat(20_000);
  private static final int WRITERS = 8;
  private static final int READERS = 4;

  /** What the log would have if it never began anew. */
  private static final int WRITTEN = 400 * MIB;

  @TempDir private Path directory;

  @Test
  void staysBoundedWhileWritersAndReadersNeverPause() throws Exception {
    Path log = directory.resolve("ostiary.db-wal");
    AtomicInteger number = new AtomicInteger();
    AtomicBoolean ended = new AtomicBoolean();
    long longest = 0;
    try (var store = SqliteStore.open(directory);
        ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<@Nullable Void>> writers = new ArrayList<>();
      for (int each = 0; each < WRITERS; each++) {
        writers.add(threads.submit(() -> write(store, number)));
      }
      for (int each = 0; each < READERS; each++) {
        threads.execute(() -> read(store, ended));
      }
      try {
        for (Future<@Nullable Void> writer : writers) {
          while (!writer.isDone()) {
            longest = Math.max(longest, Files.size(log));
            Thread.onSpinWait();
          }
          writer.get();
        }
      } finally {
        ended.set(true);
      }
    }
    assertThat(longest).isGreaterThan(16 * MIB).isLessThan(WRITTEN * 3 / 4);
  }

  private static @Nullable Void write(SqliteStore store, AtomicInteger number) {
    for (int next = number.getAndIncrement();
        next < WRITTEN / LONG_NAME.length();
        next = number.getAndIncrement()) {
      BrowserSession sample = SampleSession.of("cookie " + next);
      store
          .sessions()
          .add(new BrowserSession(sample.hash(), sample.subject(), LONG_NAME, sample.expiresAt()));
      store.sessions().end(sample.hash());
    }
    return null;
  }

  private static void read(SqliteStore store, AtomicBoolean ended) {
    while (!ended.get()) {
      var _ = store.sessions().find(SampleSession.of("another").hash(), SampleTime.NOW);
    }
  }
}
