import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.store.GrantStore.Rotation;
import dev.ostiary.authorization.store.RotationPolicy;
import dev.ostiary.store.jdbc.SqliteStore;
import dev.ostiary.store.jdbc.sql.Statements;
import dev.ostiary.store.jdbc.sqlite.SqliteConnections;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How long a durable write of the SQLite store takes: refresh tokens are rotated by many callers at
 * once.
 *
 * <p>{@code java -cp 'server/target/lib/*' bench/StoreLatency.java [CALLERS] [SECONDS] [GRANTS]}
 *
 * <p>Prints one line. To compare two builds, run them in turns, each a few times, on a quiet
 * machine.
 */
final class StoreLatency {
  private static final RotationPolicy POLICY =
      new RotationPolicy(Duration.ofMinutes(10), Duration.ofDays(30));

  private StoreLatency() {}

  public static void main(String[] arguments) throws Exception {
    int callers = number(arguments, 0, 64);
    int seconds = number(arguments, 1, 10);
    int grants = number(arguments, 2, 100_000);
    Path directory = Files.createTempDirectory(Path.of(""), "store-latency-");
    try {
      fill(directory, grants);
      try (SqliteStore store = SqliteStore.open(directory)) {
        load(store, callers, grants, 0, 3);
        long before = store.commits();
        long begin = System.nanoTime();
        long[] nanos = load(store, callers, grants, 1, seconds);
        double took = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
            "%d callers, %d grants: %.0f/s, %.0f commits/s; ms: median %.2f, p90 %.2f, p99 %.2f,"
                + " p99.9 %.2f, max %.1f; log %d MiB%n",
            callers,
            grants,
            nanos.length / took,
            (store.commits() - before) / took,
            at(nanos, 0.5),
            at(nanos, 0.9),
            at(nanos, 0.99),
            at(nanos, 0.999),
            at(nanos, 1),
            Files.size(directory.resolve("ostiary.db-wal")) >> 20);
      }
    } finally {
      try (var files = Files.walk(directory)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static int number(String[] arguments, int index, int otherwise) {
    return index < arguments.length ? Integer.parseInt(arguments[index]) : otherwise;
  }

  private static double at(long[] sorted, double share) {
    return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))] / 1e6;
  }

  /** The token that a caller holds of a grant after so many rotations. */
  private static RefreshHash hash(int grant, int generation) {
    return RefreshHash.of(grant + "." + generation);
  }

  /** Grants with one refresh token each, written without the store, which would take long. */
  private static void fill(Path directory, int grants) throws Exception {
    SqliteStore.open(directory).close();
    try (Statements writer = new SqliteConnections(directory.resolve("ostiary.db")).writer()) {
      long now = System.currentTimeMillis();
      writer.change("BEGIN");
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < grants; i++) {
        String id = new java.util.UUID(random.nextLong(), random.nextLong()).toString();
        writer.change(
            """
            INSERT INTO grants (id, client, subject, user_name, scopes, resource, created_at, expires_at,
              client_authentication, redeem_by, redeemed_at, generation, rotated_at, kept_until)
            VALUES (?, ?, ?, 'user', 'read:user', 'https://mcp.example.com/mcp', ?, ?, 'none', ?, ?, 1, ?, ?)
            """,
            id,
            "client-" + i % 300,
            "github:" + i / 3,
            now,
            now + 31_536_000_000L,
            now,
            now,
            now,
            now + 31_536_000_000L);
        writer.change(
            "INSERT INTO refresh_tokens (hash, grant_id, generation, expires_at) VALUES (?, ?, 1,"
                + " ?)",
            hash(i, 1).hash(),
            id,
            now + 2_592_000_000L);
      }
      writer.change("COMMIT");
    }
  }

  /** Rotates tokens for some seconds; each caller has grants of its own. */
  private static long[] load(SqliteStore store, int callers, int grants, int round, int seconds)
      throws Exception {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    List<Future<long[]>> results = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int each = 0; each < callers; each++) {
        int caller = each;
        results.add(threads.submit(() -> rotate(store, caller, callers, grants, round, end)));
      }
    }
    List<long[]> all = new ArrayList<>();
    for (Future<long[]> result : results) {
      all.add(result.get());
    }
    return all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
  }

  private static long[] rotate(
      SqliteStore store, int caller, int callers, int grants, int round, long end) {
    int own = grants / callers;
    int[] generations = new int[own];
    // Each round takes its own half of the caller's grants, so that the tokens are known.
    int half = own / 2;
    SplittableRandom random = new SplittableRandom(31L * caller + round);
    long[] nanos = new long[1024];
    int count = 0;
    for (long begin = System.nanoTime(); begin < end; begin = System.nanoTime()) {
      int index = round * half + random.nextInt(half);
      int grant = index * callers + caller;
      int generation = ++generations[index];
      Rotation rotation =
          store
              .grants()
              .rotate(hash(grant, generation), hash(grant, generation + 1), POLICY, Instant.now());
      if (!(rotation instanceof Rotation.Won)) {
        throw new IllegalStateException("not won: " + rotation);
      }
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, count * 2);
      }
      nanos[count++] = System.nanoTime() - begin;
    }
    return Arrays.copyOf(nanos, count);
  }
}
