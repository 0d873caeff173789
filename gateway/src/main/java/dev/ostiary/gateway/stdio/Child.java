package dev.ostiary.gateway.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.gateway.observe.BackendFailure;
import dev.ostiary.mcp.rpc.RpcMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program that runs: three threads look after its streams, so that no other child waits for this
 * one, whatever it does with them. They are threads of the system, because the virtual ones would
 * share a few of these while they read from a pipe.
 */
final class Child {
  /** So many lines in a row that are no messages, and the program is no MCP server. */
  private static final int MOST_JUNK = 100;

  /** In a second; the child waits then. */
  private static final int MOST_OCTETS = 64 * 1024 * 1024;

  private static final int MOST_MESSAGES = 5_000;

  /** Within which a program ends that has closed its input. */
  private static final Duration ENDING = Duration.ofSeconds(1);

  /** Whose child it is. Told on the child's own threads. */
  interface Owner {
    /** The next line for the child; waits for one. Null when there will be none. */
    byte @Nullable [] next() throws InterruptedException;

    /** The child has sent a message. */
    void said(RpcMessage message);

    /** The child cannot be used any more. */
    void spoiled(BackendFailure kind, String why);
  }

  private final String server;
  private final Process process;
  private final LineBudget budget;
  private final ChildLog errors;
  private final Owner owner;
  private final Logger log;
  private final Thread reader;
  private final Thread listener;

  /** Threads start with {@link #begin}. */
  Child(
      String server, Process process, LineBudget budget, ChildLog errors, Owner owner, Logger log) {
    this.server = server;
    this.process = process;
    this.budget = budget;
    this.errors = errors;
    this.owner = owner;
    this.log = log;
    this.reader = thread("out", this::read);
    this.listener = thread("err", this::listen);
  }

  private Thread thread(String stream, Runnable work) {
    return Thread.ofPlatform()
        .daemon()
        .name("stdio-" + server + "-" + process.pid() + "-" + stream)
        .unstarted(work);
  }

  void begin() {
    reader.start();
    listener.start();
    thread("in", this::write).start();
  }

  /** After its end: what it has said before has been heard when this returns. Blocks for long. */
  void drain() throws InterruptedException {
    var _ = reader.join(ENDING);
    var _ = listener.join(ENDING);
  }

  /** The last lines of its standard error. */
  List<String> lastErrors() {
    return errors.last();
  }

  private void read() {
    try (LineReader lines =
        new LineReader(
            process.getInputStream(), budget, new Pace(MOST_OCTETS, Integer.MAX_VALUE))) {
      read(lines);
    } catch (LineReader.TooLong tooLong) {
      owner.spoiled(BackendFailure.UNUSABLE, String.valueOf(tooLong.getMessage()));
    } catch (IOException closed) {
      log.log(Level.DEBUG, () -> "server " + server + ": its output has ended", closed);
    } catch (RuntimeException | Error broken) {
      log.log(Level.ERROR, "a message of server " + server + " cannot be handled", broken);
      owner.spoiled(BackendFailure.UNUSABLE, "a message cannot be handled");
    }
  }

  private void read(LineReader lines) throws IOException {
    Pace pace = new Pace(Integer.MAX_VALUE, MOST_MESSAGES);
    boolean told = false;
    int junk = 0;
    byte[] line;
    while ((line = lines.next()) != null) {
      pace.line();
      if (isBlank(line)) {
        continue;
      }
      Optional<RpcMessage> message = message(line);
      if (message.isPresent()) {
        junk = 0;
        owner.said(message.get());
        continue;
      }
      if (!told) {
        told = true;
        log.log(
            Level.WARNING,
            () -> "server " + server + ": its output has lines that are no JSON-RPC messages");
      }
      if (++junk >= MOST_JUNK) {
        owner.spoiled(BackendFailure.UNUSABLE, junk + " lines in a row are no JSON-RPC messages");
        return;
      }
    }
    if (!hasEnded()) {
      owner.spoiled(BackendFailure.BROKEN_OFF, "it has closed its output");
    }
  }

  private static boolean isBlank(byte[] line) {
    for (byte octet : line) {
      if (octet < 0 || octet > ' ') {
        return false;
      }
    }
    return true;
  }

  /** Empty unless the line is a message in UTF-8. */
  private static Optional<RpcMessage> message(byte[] line) {
    for (int i = 0; i < line.length; i++) {
      if (line[i] == 0 || (line[i] < 0 && !isUtf8(line, i))) {
        return Optional.empty();
      }
      if (line[i] < 0) {
        break;
      }
    }
    return RpcMessage.read(line);
  }

  private static boolean isUtf8(byte[] line, int from) {
    try {
      var _ = UTF_8.newDecoder().decode(ByteBuffer.wrap(line, from, line.length - from));
      return true;
    } catch (CharacterCodingException other) {
      return false;
    }
  }

  private void listen() {
    try {
      errors.read(process.getErrorStream());
    } catch (IOException closed) {
      log.log(Level.DEBUG, () -> "server " + server + ": its error stream has ended", closed);
    }
  }

  private void write() {
    try (OutputStream to = process.getOutputStream()) {
      byte[] line;
      while ((line = owner.next()) != null) {
        to.write(line);
        to.write('\n');
        to.flush();
      }
    } catch (IOException closed) {
      if (!hasEnded()) {
        owner.spoiled(BackendFailure.BROKEN_OFF, "it has closed its input");
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it ends about now. */
  private boolean hasEnded() {
    try {
      return process.waitFor(ENDING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Ends it: it has been told by the end of its input.
   *
   * @param patience before it is asked, and again before it is forced
   */
  void stop(ProcessHost host, Duration patience) {
    try {
      if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      host.terminate(process);
      if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    host.kill(process);
  }
}
