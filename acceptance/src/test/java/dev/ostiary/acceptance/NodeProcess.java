package dev.ostiary.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running Node program whose output is read line by line, within a time limit. */
final class NodeProcess implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final Process process;
  private final Path errors;
  private final BlockingQueue<String> arriving = new LinkedBlockingQueue<>();
  private final List<String> lines = new ArrayList<>();
  private final Thread reader;

  private NodeProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    // A virtual one would hold its carrier while it waits, and there are only as many as
    // processors.
    this.reader = Thread.ofPlatform().daemon().start(this::read);
  }

  static NodeProcess start(ProcessBuilder builder, Path home) throws IOException {
    Path errors = home.resolve("stderr.log");
    Process process = builder.redirectError(errors.toFile()).start();
    process.getOutputStream().close();
    return new NodeProcess(process, errors);
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      output.lines().forEach(arriving::add);
    } catch (IOException ended) {
      arriving.add("(" + ended.getMessage() + ")");
    }
  }

  /** The first line, from where we are, that fits. */
  String awaitLine(Predicate<String> wanted) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      String line = arriving.poll(100, TimeUnit.MILLISECONDS);
      if (line != null) {
        lines.add(line);
        if (wanted.test(line)) {
          return line;
        }
      } else if (!reader.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError("the line did not come:\n" + transcript());
      }
    }
  }

  /** The URL that a server prints once it listens. */
  String awaitUrl() throws IOException, InterruptedException {
    return awaitLine(line -> line.startsWith("http://"));
  }

  /** Waits for the end, and fails if it is not a good one. */
  void awaitEnd() throws IOException, InterruptedException {
    int status = awaitStatus();
    if (status != 0) {
      throw new AssertionError("ended with status " + status + ":\n" + transcript());
    }
  }

  /** Waits for the end, whatever it is. */
  int awaitStatus() throws IOException, InterruptedException {
    boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    if (!ended) {
      throw new AssertionError("still running after " + LIMIT + ":\n" + transcript());
    }
    reader.join();
    arriving.drainTo(lines);
    return process.exitValue();
  }

  /** What a program prints as its last line when it ends well. */
  JsonNode awaitReport() throws IOException, InterruptedException {
    awaitEnd();
    return JsonMapper.shared().readTree(lines.getLast());
  }

  private String transcript() throws IOException {
    arriving.drainTo(lines);
    return String.join("\n", lines) + "\n" + Files.readString(errors);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
