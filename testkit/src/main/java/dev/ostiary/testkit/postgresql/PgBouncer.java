package dev.ostiary.testkit.postgresql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * PgBouncer in transaction mode before a {@link PostgresqlServer}: the program of the system, on a
 * port of this machine. Like the server it does not run as root.
 */
public final class PgBouncer implements AutoCloseable {
  /** Where Debian's package {@code pgbouncer} installs it. */
  public static final Path EXECUTABLE = Path.of("/usr/sbin/pgbouncer");

  private static final int START_SECONDS = 30;

  private final Path directory;
  private final int port;
  private final Process process;

  private PgBouncer(Path directory, int port, Process process) {
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  /** Whether the program is installed. */
  public static boolean isInstalled() {
    return Files.isExecutable(EXECUTABLE);
  }

  /**
   * Starts it.
   *
   * @param connections how many it holds to the server
   */
  public static PgBouncer before(PostgresqlServer server, int connections)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("ostiary-pgbouncer-");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path settings = directory.resolve("pgbouncer.ini");
    Files.writeString(
        settings,
        """
        [databases]
        * = host=127.0.0.1 port=%d user=postgres
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = any
        pool_mode = transaction
        default_pool_size = %d
        max_client_conn = 500
        ignore_startup_parameters = extra_float_digits
        """
            .formatted(server.port(), port, connections));
    List<String> command = new ArrayList<>(PostgresqlServer.unprivileged());
    command.addAll(List.of(EXECUTABLE.toString(), "/dev/stdin"));
    Process process =
        new ProcessBuilder(command)
            .redirectInput(settings.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    PgBouncer pooler = new PgBouncer(directory, port, process);
    pooler.awaitPort();
    return pooler;
  }

  /** The URL of the database that is there from the beginning, through the pooler. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
  }

  private void awaitPort() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!listens()) {
      if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new IOException(
            "PgBouncer does not start: " + Files.readString(directory.resolve("log")));
      }
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
