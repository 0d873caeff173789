package dev.ostiary.gateway.stdio;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A process that outlives this one for a moment: it is told of every child, sends signals to their
 * process groups, and ends all groups when the pipe to it breaks, however Ostiary has ended. It is
 * a shell without files, in a session of its own, that ignores signals meant for Ostiary.
 */
final class Watchdog implements AutoCloseable {
  /** Its first parameter stands before a process id: a minus sign means the group. */
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP QUIT
      children=
      while IFS= read -r line; do
        id=${line#?}
        case $line in
          +*) children="$children $id" ;;
          -*)
            others=
            for child in $children; do
              [ "$child" = "$id" ] || others="$others $child"
            done
            children=$others ;;
          t*) kill -s TERM -- "$1$id" 2>/dev/null ;;
          k*) kill -s KILL -- "$1$id" 2>/dev/null ;;
        esac
      done
      [ -n "$children" ] || exit 0
      for child in $children; do kill -s TERM -- "$1$child" 2>/dev/null; done
      sleep 1
      for child in $children; do kill -s KILL -- "$1$child" 2>/dev/null; done
      exit 0
      """;

  private final Platform platform;
  private final Logger log;
  private final Set<Long> children = new LinkedHashSet<>();
  private @Nullable Process process;
  private boolean closed;

  Watchdog(Platform platform, Logger log) {
    this.platform = platform;
    this.log = log;
  }

  /**
   * From now on this child does not outlive Ostiary.
   *
   * @throws IOException if that cannot be had
   */
  synchronized void add(long child) throws IOException {
    if (closed) {
      throw new IOException("Ostiary is stopping");
    }
    children.add(child);
    tell("+" + child);
  }

  /** The child and its group are gone. */
  synchronized void remove(long child) {
    if (children.remove(child)) {
      tryToTell("-" + child);
    }
  }

  /** Asks the group of a child to end. */
  synchronized void terminate(long child) {
    tryToTell("t" + child);
  }

  /** Ends the group of a child. */
  synchronized void kill(long child) {
    tryToTell("k" + child);
  }

  private void tryToTell(String line) {
    try {
      tell(line);
    } catch (IOException lost) {
      log.log(Level.ERROR, "the watchdog of children cannot be started", lost);
    }
  }

  private void tell(String line) throws IOException {
    Process running = process;
    if (running != null && running.isAlive()) {
      try {
        write(running, line);
        return;
      } catch (IOException ended) {
        log.log(Level.DEBUG, "the watchdog of children has ended", ended);
      }
    }
    if (running != null) {
      log.log(Level.WARNING, "the watchdog of children had ended; another one is started");
    }
    Process another = start();
    for (long child : children) {
      write(another, "+" + child);
    }
    process = another;
    if (!line.startsWith("+")) {
      write(another, line);
    }
  }

  private static void write(Process to, String line) throws IOException {
    OutputStream out = to.getOutputStream();
    out.write((line + "\n").getBytes(US_ASCII));
    out.flush();
  }

  private Process start() throws IOException {
    List<String> command = new ArrayList<>();
    if (platform.sessions()) {
      command.add("setsid");
    }
    command.addAll(List.of("sh", "-c", SCRIPT, "ostiary-watchdog", platform.sessions() ? "-" : ""));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    return builder.start();
  }

  /** Ends it, and with it every child that is left. */
  @Override
  public synchronized void close() {
    closed = true;
    Process running = process;
    if (running != null) {
      try {
        running.getOutputStream().close();
      } catch (IOException gone) {
        log.log(Level.DEBUG, "the watchdog of children has ended", gone);
      }
    }
  }
}
