package dev.ostiary.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.testkit.Race;
import dev.ostiary.testkit.SampleSession;
import dev.ostiary.testkit.SampleTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full, and one that is read-only. */
final class DiskTest {
  private static final int MIB = 1024 * 1024;

  @TempDir private Path folder;

  @Test
  void aFullDiskAcknowledgesNothingThatIsNotThereAndGoesBy() throws Exception {
    Path disk = folder.resolve("disk");
    try (SmallDisk _ = SmallDisk.mount(disk, 8)) {
      Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
      Queue<Integer> refused = new ConcurrentLinkedQueue<>();
      try (var store = SqliteStore.open(disk)) {
        Path filler = Files.write(disk.resolve("filler"), new byte[4 * MIB]);

        assertThat(fill(store, acknowledged, refused)).containsOnly("the disk is full");

        assertThat(acknowledged).isNotEmpty();
        check(store, acknowledged, refused);
        Files.delete(filler);
        store.ping();
        add(store, -1);
        acknowledged.add(-1);
        check(store, acknowledged, refused);
      }
      try (var store = SqliteStore.open(disk)) {
        check(store, acknowledged, refused);
      }
    }
  }

  @Test
  void aReadOnlyDiskIsRefusedAtTheStart() throws Exception {
    Path disk = folder.resolve("disk");
    try (SmallDisk mounted = SmallDisk.mount(disk, 8)) {
      SqliteStore.open(disk).close();
      mounted.makeReadOnly();

      assertThatThrownBy(() -> SqliteStore.open(disk))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageEndingWith(
              "ostiary.db cannot be created or opened: is " + disk + " writable?");
    }
  }

  /** Until each of many callers has been refused; why they were. */
  private static List<String> fill(
      SqliteStore store, Set<Integer> acknowledged, Queue<Integer> refused) throws Exception {
    AtomicInteger number = new AtomicInteger();
    return Race.of(
        () -> {
          while (true) {
            int next = number.incrementAndGet();
            try {
              add(store, next);
              acknowledged.add(next);
            } catch (StoreUnavailable full) {
              refused.add(next);
              return full.reason();
            }
          }
        });
  }

  private static void check(SqliteStore store, Set<Integer> acknowledged, Queue<Integer> refused) {
    assertThat(acknowledged).allMatch(number -> has(store, number));
    assertThat(refused).noneMatch(number -> has(store, number));
  }

  private static void add(SqliteStore store, int number) {
    store.sessions().add(SampleSession.of("cookie " + number));
  }

  private static boolean has(SqliteStore store, int number) {
    return store
        .sessions()
        .find(SampleSession.of("cookie " + number).hash(), SampleTime.NOW)
        .isPresent();
  }
}
