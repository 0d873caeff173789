import dev.ostiary.authorization.hash.CodeHash;
import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.store.AuthorizationCode;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore.Redemption;
import dev.ostiary.authorization.store.GrantStore.Rotation;
import dev.ostiary.authorization.store.RotationPolicy;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.CodeChallenge;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import dev.ostiary.store.jdbc.PostgresqlStore;
import dev.ostiary.store.jdbc.SqliteStore;
import dev.ostiary.store.jdbc.postgresql.PostgresqlDatabase;
import dev.ostiary.store.jdbc.postgresql.PostgresqlSettings;
import dev.ostiary.store.jdbc.sql.Statements;
import dev.ostiary.store.jdbc.sqlite.SqliteConnections;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What durable verbs of the store cost: refreshes, and sign-ins (a code is added and redeemed), by
 * one caller and by many at once, with so many grants in the store.
 *
 * <p>{@code java -cp 'server/target/lib/*' bench/Stores.java [GRANTS] [SECONDS] [URL]}
 *
 * <p>GRANTS are numbers with commas between, 10,10000,1000000 by themselves. With a JDBC URL of an
 * empty PostgreSQL schema it is PostgreSQL, else SQLite in the working directory. To compare two
 * builds, run them in turns on a quiet machine.
 */
final class Stores {
  private static final RotationPolicy POLICY =
      new RotationPolicy(Duration.ofMinutes(10), Duration.ofDays(30));
  private static final int[] CALLERS = {1, 64};
  private static final AtomicLong NUMBER = new AtomicLong(System.nanoTime());

  private Stores() {}

  public static void main(String[] arguments) throws Exception {
    String grants = arguments.length > 0 ? arguments[0] : "10,10000,1000000";
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    String url = arguments.length > 2 ? arguments[2] : null;
    Path directory = Files.createTempDirectory(Path.of(""), "stores-");
    int filled = 0;
    try {
      for (int count : Arrays.stream(grants.split(",")).mapToInt(Integer::parseInt).toArray()) {
        fill(directory, url, filled, count);
        filled = count;
        try (Store store = open(directory, url)) {
          measure(store, url == null ? "SQLite" : "PostgreSQL", count, seconds);
        }
      }
    } finally {
      try (var files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static Store open(Path directory, String url) {
    return url == null
        ? SqliteStore.open(directory)
        : PostgresqlStore.open(new PostgresqlSettings(url, null, null, 16, false));
  }

  private static void measure(Store store, String name, int grants, int seconds) throws Exception {
    for (int callers : CALLERS) {
      load(store, callers, grants, 1, false);
      report(
          name, "refresh", callers, grants, seconds, load(store, callers, grants, seconds, false));
      report(
          name, "sign-in", callers, grants, seconds, load(store, callers, grants, seconds, true));
    }
  }

  private static void report(
      String name, String verb, int callers, int grants, int seconds, long[] nanos) {
    System.out.printf(
        Locale.ROOT,
        "%-10s %8d grants  %-7s %2d callers  %6.0f/s  median %6.2f ms  p99 %6.2f ms%n",
        name,
        grants,
        verb,
        callers,
        nanos.length / (double) seconds,
        at(nanos, 0.5),
        at(nanos, 0.99));
  }

  private static double at(long[] sorted, double share) {
    return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))] / 1e6;
  }

  /** Grants with one refresh token each, from one number to another. */
  private static void fill(Path directory, String url, int from, int to) throws Exception {
    open(directory, url).close();
    if (url == null) {
      try (Statements writer = new SqliteConnections(directory.resolve("ostiary.db")).writer()) {
        writer.change("BEGIN");
        fill(writer, from, to);
        writer.change("COMMIT");
      }
    } else {
      try (PostgresqlDatabase database =
          PostgresqlDatabase.open(
              new PostgresqlSettings(url + "&socketTimeout=0", null, null, 1, false))) {
        database.write(
            statements -> {
              fill(statements, from, to);
              return true;
            });
        database.read(statements -> statements.change("ANALYZE"));
      }
    }
  }

  private static void fill(Statements writer, int from, int to) throws SQLException {
    long now = System.currentTimeMillis();
    SplittableRandom random = new SplittableRandom(from);
    List<Object[]> grants = new ArrayList<>();
    List<Object[]> tokens = new ArrayList<>();
    for (int i = from; i < to; i++) {
      String id = new UUID(random.nextLong(), random.nextLong()).toString();
      grants.add(
          new Object[] {
            id,
            "client-" + i % 300,
            "github:" + i / 3,
            now,
            now + 31_536_000_000L,
            now,
            now,
            now,
            now + 2_764_800_000L
          });
      tokens.add(new Object[] {RefreshHash.of("filled " + i).hash(), id, now + 2_592_000_000L});
      if (grants.size() == 1000 || i == to - 1) {
        writer.changeAll(
            """
            INSERT INTO grants (id, client, subject, user_name, scopes, resource, created_at, expires_at,
              client_authentication, redeem_by, redeemed_at, generation, rotated_at, kept_until)
            VALUES (?, ?, ?, 'user', 'read:user', 'https://mcp.example.com/mcp', ?, ?, 'none', ?, ?, 1, ?, ?)
            """,
            grants);
        writer.changeAll(
            "INSERT INTO refresh_tokens (hash, grant_id, generation, expires_at) VALUES (?, ?, 1,"
                + " ?)",
            tokens);
        grants.clear();
        tokens.clear();
      }
    }
  }

  private static long[] load(Store store, int callers, int grants, int seconds, boolean signIns)
      throws Exception {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    List<Future<long[]>> results = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int each = 0; each < callers; each++) {
        results.add(threads.submit(() -> signIns ? signIns(store, end) : refreshes(store, end)));
      }
    }
    List<long[]> all = new ArrayList<>();
    for (Future<long[]> result : results) {
      all.add(result.get());
    }
    return all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
  }

  private static long[] signIns(Store store, long end) {
    long[] nanos = new long[1024];
    int count = 0;
    for (long begin = System.nanoTime(); begin < end; begin = System.nanoTime()) {
      signIn(store);
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, count * 2);
      }
      nanos[count++] = System.nanoTime() - begin;
    }
    return Arrays.copyOf(nanos, count);
  }

  /** A caller refreshes one grant after the other, of eight. */
  private static long[] refreshes(Store store, long end) {
    String[] tokens = new String[8];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = signIn(store);
    }
    long[] nanos = new long[1024];
    int count = 0;
    for (long begin = System.nanoTime(); begin < end; begin = System.nanoTime()) {
      int index = count % tokens.length;
      String next = tokens[index] + "+";
      if (next.length() > 200) {
        next = "t" + NUMBER.incrementAndGet();
      }
      Rotation rotation =
          store
              .grants()
              .rotate(RefreshHash.of(tokens[index]), RefreshHash.of(next), POLICY, Instant.now());
      if (!(rotation instanceof Rotation.Won)) {
        throw new IllegalStateException("not won: " + rotation);
      }
      tokens[index] = next;
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, count * 2);
      }
      nanos[count++] = System.nanoTime() - begin;
    }
    return Arrays.copyOf(nanos, count);
  }

  /** Returns the refresh token. */
  private static String signIn(Store store) {
    long number = NUMBER.incrementAndGet();
    Instant now = Instant.now();
    String token = "r" + number;
    Grant grant =
        new Grant(
            new GrantId(UUID.randomUUID().toString()),
            new ClientId("client-" + number % 300),
            new Subject("github:" + number),
            "user",
            Scopes.of("read:user"),
            new Resource("https://mcp.example.com/mcp"),
            null,
            now,
            now.plus(Duration.ofDays(365)),
            "none");
    CodeHash code = CodeHash.of("c" + number);
    store
        .grants()
        .add(
            new AuthorizationCode(
                code,
                grant,
                new RedirectUri("http://127.0.0.1:7777/callback"),
                new CodeChallenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
                now.plusSeconds(60)));
    Redemption redemption =
        store.grants().redeem(code, RefreshHash.of(token), Duration.ofDays(30), now);
    if (!(redemption instanceof Redemption.Won)) {
      throw new IllegalStateException("not won: " + redemption);
    }
    return token;
  }
}
