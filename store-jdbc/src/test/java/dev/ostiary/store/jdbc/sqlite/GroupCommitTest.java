package dev.ostiary.store.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.store.BrowserSession;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.store.jdbc.SqliteStore;
import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.testkit.Race;
import dev.ostiary.testkit.SampleSession;
import dev.ostiary.testkit.SampleTime;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many callers, one commit. */
final class GroupCommitTest {
  private static final String ADD =
      "INSERT INTO sessions (hash, subject, user_name, expires_at) VALUES (x'00', ?, 'u', 0)";
  private static final String COUNT = "SELECT count(*) FROM sessions";

  @TempDir private Path directory;

  @Test
  void commitsOnceForAllWhoWait() throws Exception {
    try (var database = SqliteDatabase.open(directory);
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      long before = database.commits();

      List<Future<Integer>> results = whileTheWriterIsBusy(database, callers, COUNT, COUNT, COUNT);

      for (Future<Integer> result : results) {
        result.get();
      }
      assertThat(database.commits() - before).isEqualTo(2);
    }
  }

  @Test
  void commitsFarLessOftenThanManyCallersWrite() throws Exception {
    try (var store = SqliteStore.open(directory)) {
      long before = store.commits();
      AtomicInteger number = new AtomicInteger();

      Race.of(
          () -> {
            for (int i = 0; i < 20; i++) {
              store.sessions().add(SampleSession.of("cookie " + number.incrementAndGet()));
            }
            return true;
          });

      assertThat(store.commits() - before).isLessThan(Race.RUNNERS * 20 / 4);
      assertThat(store.sessions().find(SampleSession.of("cookie 1280").hash(), SampleTime.NOW))
          .isPresent();
    }
  }

  @Test
  void letsAFailingOperationFailAlone() throws Exception {
    try (var store = SqliteStore.open(directory)) {
      BrowserSession taken = SampleSession.of("cookie");
      store.sessions().add(taken);
      AtomicInteger number = new AtomicInteger();

      List<Boolean> added =
          Race.of(
              () -> {
                int runner = number.incrementAndGet();
                boolean fails = runner % 8 == 0;
                try {
                  store.sessions().add(fails ? taken : SampleSession.of("cookie " + runner));
                  return true;
                } catch (IllegalStateException alreadyThere) {
                  return false;
                }
              });

      assertThat(added).filteredOn(Boolean::booleanValue).hasSize(Race.RUNNERS * 7 / 8);
      assertThat(
              IntStream.rangeClosed(1, Race.RUNNERS)
                  .filter(runner -> runner % 8 != 0)
                  .mapToObj(runner -> SampleSession.of("cookie " + runner).hash())
                  .filter(hash -> store.sessions().find(hash, SampleTime.NOW).isPresent()))
          .hasSize(Race.RUNNERS * 7 / 8);
    }
  }

  @Test
  void keepsNothingOfAnOperationThatFailsHalfWay() throws Exception {
    try (var database = SqliteDatabase.open(directory)) {
      assertThatThrownBy(
              () ->
                  database.write(
                      statements -> {
                        statements.change(ADD, "github:1");
                        throw new IllegalArgumentException("half way");
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasRootCauseMessage("half way");

      long rows = database.read(statements -> statements.one(COUNT, Columns::number).orElseThrow());
      assertThat(rows).isZero();
    }
  }

  @Test
  void saysThatTheStorageFailed() {
    try (var database = SqliteDatabase.open(directory)) {
      assertThatThrownBy(() -> database.write(s -> s.change("INSERT INTO nowhere VALUES (1)")))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining("no such table");
      assertThatThrownBy(() -> database.read(s -> s.one("SELECT 1 FROM nowhere", Columns::number)))
          .isInstanceOf(StoreUnavailable.class);
    }
  }

  @Test
  void finishesWhatWaitsBeforeItCloses() throws Exception {
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var database = SqliteDatabase.open(directory);
      CountDownLatch running = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      Future<Integer> slow =
          callers.submit(
              () ->
                  database.write(
                      statements -> {
                        running.countDown();
                        awaitUninterruptibly(goOn);
                        return statements.change(ADD, "github:1");
                      }));
      running.await();
      Future<?> closing = callers.submit(database::close);
      goOn.countDown();

      assertThat(slow.get()).isEqualTo(1);
      closing.get();
      assertThatThrownBy(() -> database.write(s -> s.change(ADD, "github:2")))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessage("the store is closed");
      assertThatThrownBy(() -> database.read(s -> s.one(COUNT, Columns::number)))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessage("the store is closed");
    }
    try (var database = SqliteDatabase.open(directory)) {
      long rows = database.read(statements -> statements.one(COUNT, Columns::number).orElseThrow());
      assertThat(rows).isEqualTo(1);
    }
  }

  /** Makes the writer busy, lets these queries queue up behind it, and sets it free. */
  private static List<Future<Integer>> whileTheWriterIsBusy(
      SqliteDatabase database, ExecutorService callers, String... queries) throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Future<Integer> busy =
        callers.submit(
            () ->
                database.write(
                    statements -> {
                      running.countDown();
                      awaitUninterruptibly(goOn);
                      return 0;
                    }));
    running.await();
    List<Future<Integer>> results =
        IntStream.range(0, queries.length)
            .mapToObj(
                i ->
                    callers.submit(
                        () -> database.write(s -> s.all(queries[i], Columns::number).size())))
            .toList();
    while (database.waiting() < queries.length) {
      Thread.onSpinWait();
    }
    goOn.countDown();
    busy.get();
    return results;
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
