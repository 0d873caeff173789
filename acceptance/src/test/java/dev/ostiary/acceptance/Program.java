package dev.ostiary.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The program as its users start it: a process of its own, with a simulated GitHub that signs
 * everybody in.
 */
final class Program implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final int port;
  private final Path data;
  private final List<String> arguments;
  private final Path log;
  private final Process process;

  private Program(int port, Path data, List<String> arguments, Path log, Process process) {
    this.port = port;
    this.data = data;
    this.arguments = arguments;
    this.log = log;
    this.process = process;
  }

  /** The demo, whose GitHub signs everybody in. */
  static Program start(Path data) throws IOException, InterruptedException {
    int port = FreePort.find();
    return start(data, port, demo(data, port, "--auto-sign-in"));
  }

  /**
   * The demo with an OpenID provider that signs everybody in, and a server that tells who calls.
   */
  static Program startWithOpenId(Path data) throws IOException, InterruptedException {
    int port = FreePort.find();
    return start(data, port, demo(data, port, "--auto-sign-in", "--sign-in", "openid"));
  }

  /** The demo as people meet it, with GitHub's pages. */
  static Program startWithPages(Path data) throws IOException, InterruptedException {
    int port = FreePort.find();
    return start(data, port, demo(data, port));
  }

  /** A server with a configuration file that has it listen at this port. */
  static Program run(Path configuration, Path folder, int port)
      throws IOException, InterruptedException {
    return start(folder.resolve("data"), port, List.of("run", configuration.toString()));
  }

  private static List<String> demo(Path data, int port, String... more) {
    List<String> arguments = new ArrayList<>(List.of("demo", "--no-metadata-documents"));
    arguments.addAll(List.of("--port", Integer.toString(port), "--data", data.toString()));
    arguments.addAll(List.of(more));
    return List.copyOf(arguments);
  }

  private static Program start(Path data, int port, List<String> arguments)
      throws IOException, InterruptedException {
    Path log = data.resolveSibling(data.getFileName() + ".log");
    List<String> command = new ArrayList<>(java());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Program program = new Program(port, data, arguments, log, process);
    program.awaitReady();
    return program;
  }

  static List<String> java() {
    Path jar = SourceTree.root().resolve("server/target/ostiary.jar");
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(jar + " is missing; build it with mvn verify");
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString());
  }

  private void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest ready = HttpRequest.newBuilder(origin().resolve("/ready")).build();
      while (!answers(http, ready)) {
        boolean ended = process.waitFor(50, TimeUnit.MILLISECONDS);
        if (ended || System.nanoTime() > deadline) {
          process.destroyForcibly();
          throw new IllegalStateException("the program did not get ready:\n" + log());
        }
      }
    }
  }

  private static boolean answers(HttpClient http, HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (ConnectException notYet) {
      return false;
    }
  }

  /** The origin, which is also the issuer. */
  URI origin() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The MCP server's URL: all that a client knows. */
  URI server() {
    return origin().resolve("/mcp");
  }

  /**
   * The lines of the audit stream so far. They are written after the replies but in their order, so
   * this waits for the one that a last, refused request leaves; a program that has ended has
   * written them all.
   */
  List<String> audit() throws IOException, InterruptedException {
    if (!process.isAlive()) {
      return Files.readAllLines(data.resolve("audit.jsonl"));
    }
    String last = "\"request\":\"" + refusedRequest() + "\"";
    Instant end = Instant.now().plus(STOP_LIMIT);
    List<String> lines = Files.readAllLines(data.resolve("audit.jsonl"));
    while (lines.stream().noneMatch(line -> line.contains(last))) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException("the audit stream stands still");
      }
      Thread.onSpinWait();
      lines = Files.readAllLines(data.resolve("audit.jsonl"));
    }
    return lines.stream().filter(line -> !line.contains(last)).toList();
  }

  /** The id of a request that the token endpoint refuses. */
  private String refusedRequest() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(origin().resolve("/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("grant_type=none"))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.discarding())
          .headers()
          .firstValue("X-Request-Id")
          .orElseThrow();
    }
  }

  /** What the program has printed so far. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** What a command came to. */
  record Ran(int exitCode, String out, String err) {}

  /** Runs an operating command on this program's data, as its operator would. */
  Ran operate(String... command) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(java());
    line.addAll(List.of(command));
    line.addAll(List.of("--data", data.toString()));
    Path err = Files.createTempFile(data.getParent(), "command", ".err");
    Process ran = new ProcessBuilder(line).redirectError(err.toFile()).start();
    String out = new String(ran.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(ran.waitFor(), out, Files.readString(err));
  }

  /** Ends it as a power cut would: {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Starts it again at the same address on the same data. */
  Program restart() throws IOException, InterruptedException {
    return start(data, port, arguments);
  }

  /** Asks it to stop ({@code SIGTERM}); whether it did in time. */
  boolean stop() throws InterruptedException {
    process.destroy();
    return process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    try {
      if (!stop()) {
        process.destroyForcibly();
        throw new AssertionError("SIGTERM did not stop the program:\n" + log());
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
