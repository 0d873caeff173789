package dev.ostiary.testkit.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL server, on a port of this machine and in a directory of its own. The binaries
 * are those of an artifact on the class path, for Linux on x86_64; they are unpacked once for each
 * version. PostgreSQL does not run as root: under root it runs as the user with the number 65534.
 * On other systems a test that wants one is skipped, unless the variable CI is true.
 */
public final class PostgresqlServer implements AutoCloseable {
  private static final String ARCHIVE = "postgres-linux-x86_64.txz";
  private static final String USER = "postgres";
  private static final Duration START = Duration.ofSeconds(60);
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
  private static final List<String> UNPRIVILEGED =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  private final Path binaries;
  private final Path directory;
  private final int port;
  private final List<String> settings;
  private final AtomicInteger schemas = new AtomicInteger();
  private @Nullable Process process;

  private PostgresqlServer(Path binaries, Path directory, int port, List<String> settings) {
    this.binaries = binaries;
    this.directory = directory;
    this.port = port;
    this.settings = List.copyOf(settings);
  }

  /**
   * Makes a server and starts it.
   *
   * @param settings such as {@code max_connections=20}
   */
  public static PostgresqlServer start(String... settings) throws IOException {
    if (!"true".equals(System.getenv("CI"))) {
      assumeTrue(isPossible(), "PostgreSQL is started on Linux on x86_64 only, and needs xz");
    }
    Path binaries = binaries();
    Path directory = Files.createTempDirectory("ostiary-postgresql-");
    giveAway(directory);
    PostgresqlServer server =
        new PostgresqlServer(binaries, directory.resolve("data"), freePort(), List.of(settings));
    server.run("initdb", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
    server.start();
    return server;
  }

  private static boolean isPossible() {
    return "Linux".equals(System.getProperty("os.name"))
        && "amd64".equals(System.getProperty("os.arch"))
        && Files.isExecutable(Path.of("/usr/bin/xz"));
  }

  /** Starts it again after it has been stopped or killed, on the same port. */
  public void start() throws IOException {
    List<String> command = new ArrayList<>(unprivileged());
    command.addAll(
        List.of(
            binaries.resolve("bin/postgres").toString(),
            "-D",
            directory.toString(),
            "-p",
            Integer.toString(port),
            "-c",
            "unix_socket_directories=",
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "max_connections=300"));
    for (String setting : settings) {
      command.addAll(List.of("-c", setting));
    }
    process =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolveSibling("log").toFile())
            .start();
    awaitAnswer();
  }

  /** Ends it as a machine that loses its power does, but for what the disk has not got yet. */
  public void kill() throws IOException {
    Process server = running();
    List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
    server.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    awaitEnd(server);
  }

  /** Stops it as a restart does: connections are cut, and nothing has to be recovered. */
  public void stop() throws IOException {
    Process server = running();
    run("pg_ctl", "stop", "-m", "fast", "-w");
    awaitEnd(server);
  }

  public int port() {
    return port;
  }

  /** The URL of a new, empty schema. */
  public String newSchema() {
    String name = "s" + schemas.incrementAndGet();
    execute("CREATE SCHEMA " + name);
    return url() + "&currentSchema=" + name;
  }

  /** The URL of the database that is there from the beginning, with its user. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + USER;
  }

  /** Runs one statement as the owner of everything. */
  public void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    try {
      Process server = process;
      if (server != null && server.isAlive()) {
        kill();
      }
      delete(directory.resolve("..").normalize());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What stands before a command that must not run as root. */
  static List<String> unprivileged() {
    return ROOT ? UNPRIVILEGED : List.of();
  }

  private Process running() {
    Process server = process;
    if (server == null || !server.isAlive()) {
      throw new IllegalStateException("it does not run");
    }
    return server;
  }

  private void awaitAnswer() throws IOException {
    Instant deadline = Instant.now().plus(START);
    while (!answers()) {
      if (Instant.now().isAfter(deadline) || !running().isAlive()) {
        throw new IOException(
            "PostgreSQL does not start: " + Files.readString(directory.resolveSibling("log")));
      }
    }
  }

  private boolean answers() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
    } catch (IOException notYet) {
      pause();
      return false;
    }
    try (Connection _ = DriverManager.getConnection(url())) {
      return true;
    } catch (SQLException notYet) {
      pause();
      return false;
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(20);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException(stop);
    }
  }

  private static void awaitEnd(Process process) throws IOException {
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new IOException("PostgreSQL does not stop");
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException(stop);
    }
  }

  private void run(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(unprivileged());
    command.add(binaries.resolve("bin").resolve(program).toString());
    command.addAll(List.of("-D", directory.toString()));
    command.addAll(Arrays.asList(arguments));
    run(command);
  }

  private static void run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    awaitEnd(process);
    if (process.exitValue() != 0) {
      throw new IOException(command + ": " + said);
    }
  }

  private static void giveAway(Path directory) throws IOException {
    if (ROOT) {
      run(List.of("chown", "65534:65534", directory.toString()));
    }
  }

  private static void delete(Path directory) throws IOException {
    run(List.of("rm", "-rf", directory.toString()));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Those of the artifact that comes first on the class path. */
  private static Path binaries() throws IOException {
    List<URL> archives =
        Collections.list(PostgresqlServer.class.getClassLoader().getResources(ARCHIVE));
    if (archives.isEmpty()) {
      throw new IOException("no PostgreSQL on the class path");
    }
    URL archive = archives.getFirst();
    String jar = archive.toString().replaceAll(".*/([^/]+)\\.jar!.*", "$1");
    Path unpacked = Path.of(System.getProperty("java.io.tmpdir"), "ostiary-" + jar);
    if (Files.notExists(unpacked)) {
      unpack(archive, unpacked);
    }
    return unpacked;
  }

  private static void unpack(URL archive, Path target) throws IOException {
    Path folder = Files.createTempDirectory(target.getParent(), "ostiary-unpacking-");
    Path file = folder.resolveSibling(folder.getFileName() + ".txz");
    try (InputStream stream = archive.openStream()) {
      Files.copy(stream, file);
    }
    run(List.of("tar", "-xJf", file.toString(), "-C", folder.toString()));
    run(List.of("chmod", "-R", "a+rX", folder.toString()));
    Files.delete(file);
    try {
      Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException another) {
      if (Files.notExists(target)) {
        throw another;
      }
      delete(folder);
    }
  }
}
