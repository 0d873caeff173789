package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keys are rotated under a program that works, and no client and no user sees anything of it. */
@Timeout(300)
final class KeysIT {
  private static final Duration RESEALED = Duration.ofSeconds(150);
  private static final Duration PAUSE = Duration.ofMillis(200);

  @TempDir private Path folder;

  @Test
  void rotatesBothKindsWhileCallsAndRefreshesGoOn() throws Exception {
    Path data = folder.resolve("data");
    Program program = Program.start(data);
    Journey.Tokens early;
    try (Journey journey = new Journey(program)) {
      early = journey.signIn();
      String first = keyOf(early.access());
      assertThat(published(journey)).containsExactly(first);
      try (Traffic traffic = new Traffic(program, 3)) {
        traffic.awaitRounds(3);

        Program.Ran signing = program.operate("keys", "rotate", "signing");
        assertThat(signing.out()).matches("New signing key \\S{43}: published now, .*Z\n");
        String next = signing.out().split(" ")[3].replace(":", "");
        assertThat(published(journey)).containsExactlyInAnyOrder(first, next);

        Program.Ran rotated = program.operate("keys", "rotate", "data");
        assertThat(rotated.out()).matches("New data key \\S{22}: seals now\n");
        String newest = rotated.out().split(" ")[3].replace(":", "");
        assertThat(states(program))
            .containsExactlyInAnyOrder(
                "signing signs " + first,
                "signing next " + next,
                "data opens " + otherDataKey(program, newest),
                "data seals " + newest);

        Journey.Tokens late = journey.signIn();
        assertThat(keyOf(late.access())).as("published before it signs").isEqualTo(first);
        awaitResealed(data, newest);
        traffic.awaitRounds(3);
        assertThat(journey.call(late.access())).isEqualTo(200);
        assertThat(journey.call(early.access())).isEqualTo(200);
        assertThat(traffic.refusals()).isEmpty();
      }
    }
    assertThat(program.stop()).isTrue();
    assertThat(program.audit())
        .anyMatch(line -> line.contains("\"signing-key.rotated\"") && line.contains("operator"))
        .anyMatch(line -> line.contains("\"data-key.rotated\"") && line.contains("operator"));

    assertThat(program.operate("keys", "rotate", "data").exitCode()).isZero();
    try (Program again = program.restart();
        Journey journey = new Journey(again)) {
      assertThat(journey.call(early.access())).isEqualTo(200);
      assertThat(journey.refresh(early).statusCode()).isEqualTo(200);
      assertThat(again.operate("keys", "list", "--json").out())
          .hasLineCount(5)
          .doesNotContain(Files.readString(data.resolve("master.key")).strip());
    }
  }

  @Test
  void refusesToStartWithAnotherMasterKeyOrWithoutItsOwn() throws Exception {
    Path data = folder.resolve("data");
    Program program = Program.start(data);
    Journey.Tokens tokens;
    try (Journey journey = new Journey(program)) {
      tokens = journey.signIn();
    }
    assertThat(program.stop()).isTrue();
    Path key = data.resolve("master.key");
    Path kept = folder.resolve("kept.key");
    Files.move(key, kept);

    assertRefused(data, "master.key is missing", "Restore the key from your backup");
    assertThat(key).doesNotExist();

    Files.writeString(key, HexFormat.of().formatHex(new byte[32]) + "\n");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    assertRefused(data, "sealed with another master key; nothing has been written", "backup");

    Files.delete(key);
    Files.move(kept, key);
    try (Program again = program.restart();
        Journey journey = new Journey(again)) {
      assertThat(journey.call(tokens.access())).isEqualTo(200);
      assertThat(journey.refresh(tokens).statusCode()).isEqualTo(200);
    }
  }

  private static void assertRefused(Path data, String... reasons) throws Exception {
    List<String> line = new ArrayList<>(Program.java());
    String port = Integer.toString(FreePort.find());
    line.addAll(List.of("demo", "--data", data.toString(), "--port", port));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(5);
    assertThat(said).contains(reasons).doesNotContain("\tat ");
  }

  private static String keyOf(String accessToken) throws Exception {
    return SignedJWT.parse(accessToken).getHeader().getKeyID();
  }

  private static Set<String> published(Journey journey) throws Exception {
    Set<String> ids = new HashSet<>();
    JWKSet.parse(journey.get("/.well-known/jwks.json").body())
        .getKeys()
        .forEach(key -> ids.add(key.getKeyID()));
    return ids;
  }

  private static List<JsonNode> listed(Program program) throws Exception {
    return program
        .operate("keys", "list", "--json")
        .out()
        .lines()
        .map(JsonMapper.shared()::readTree)
        .toList();
  }

  private static List<String> states(Program program) throws Exception {
    return listed(program).stream()
        .map(
            key ->
                key.get("use").asString()
                    + " "
                    + key.get("state").asString()
                    + " "
                    + key.get("key").asString())
        .toList();
  }

  private static String otherDataKey(Program program, String newest) throws Exception {
    return listed(program).stream()
        .filter(key -> key.get("use").asString().equals("data"))
        .map(key -> key.get("key").asString())
        .filter(key -> !key.equals(newest))
        .findFirst()
        .orElseThrow();
  }

  /** Everything that is sealed has the id of the key in front, after a byte of version. */
  private static void awaitResealed(Path data, String key) throws Exception {
    String prefix =
        "01" + HexFormat.of().withUpperCase().formatHex(Base64.getUrlDecoder().decode(key));
    Instant end = Instant.now().plus(RESEALED);
    Set<String> prefixes = prefixes(data);
    while (!prefixes.equals(Set.of(prefix))) {
      assertThat(Instant.now()).as("sealed with: %s", prefixes).isBefore(end);
      Thread.sleep(PAUSE);
      prefixes = prefixes(data);
    }
  }

  private static Set<String> prefixes(Path data) throws SQLException {
    Set<String> prefixes = new HashSet<>();
    try (Connection database =
            DriverManager.getConnection(
                "jdbc:sqlite:file:" + data.resolve("ostiary.db") + "?mode=ro");
        ResultSet rows =
            database
                .createStatement()
                .executeQuery(
                    "SELECT hex(substr(tokens, 1, 17)) FROM upstream_tokens"
                        + " UNION SELECT hex(substr(private_jwk, 1, 17)) FROM signing_keys")) {
      while (rows.next()) {
        prefixes.add(rows.getString(1));
      }
    }
    return prefixes;
  }

  /** Clients that call and refresh in turn, each with a grant of its own. */
  private static final class Traffic implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicInteger rounds = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> refusals = new ConcurrentLinkedQueue<>();
    private final List<Thread> clients = new ArrayList<>();

    Traffic(Program program, int number) {
      for (int i = 0; i < number; i++) {
        clients.add(Thread.ofVirtual().start(() -> run(program)));
      }
    }

    private void run(Program program) {
      try (Journey journey = new Journey(program)) {
        Journey.Tokens tokens = journey.signIn();
        while (!stopped.get()) {
          int status = journey.call(tokens.access());
          if (status != 200) {
            refusals.add("call: " + status);
          }
          HttpResponse<String> refreshed = journey.refresh(tokens);
          if (refreshed.statusCode() != 200) {
            refusals.add("refresh: " + refreshed.statusCode() + " " + refreshed.body());
            return;
          }
          tokens = Journey.tokens(tokens.client(), refreshed);
          rounds.incrementAndGet();
          Thread.sleep(PAUSE);
        }
      } catch (Exception | AssertionError failed) {
        refusals.add(failed.toString());
      }
    }

    /** Waits until all of them have gone on so often. */
    void awaitRounds(int more) throws InterruptedException {
      int target = rounds.get() + more * clients.size();
      Instant end = Instant.now().plus(PATIENCE);
      while (rounds.get() < target && refusals.isEmpty()) {
        assertThat(Instant.now()).as("rounds: %s", rounds).isBefore(end);
        Thread.sleep(PAUSE);
      }
    }

    List<String> refusals() {
      return List.copyOf(refusals);
    }

    @Override
    public void close() {
      stopped.set(true);
      try {
        for (Thread client : clients) {
          client.join();
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
