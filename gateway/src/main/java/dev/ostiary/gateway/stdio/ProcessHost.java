package dev.ostiary.gateway.stdio;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Starts and ends programs on this machine, each in a session of its own with everything that it
 * starts. One for all servers.
 */
public final class ProcessHost implements AutoCloseable {
  /**
   * Waits for a word before it becomes the program, so that no program runs that the watchdog does
   * not know of. The command comes as parameters, which a shell does not interpret.
   */
  private static final String LAUNCHER =
      """
      IFS= read -r go || exit 125
      cd -- "$1" || exit 126
      shift
      unset PWD OLDPWD
      exec "$@"
      """;

  private final Platform platform;
  private final Watchdog watchdog;

  public ProcessHost(Platform platform, Logger log) {
    this.platform = platform;
    this.watchdog = new Watchdog(platform, log);
  }

  /** Ostiary's own search path, which children get too. */
  static String path() {
    return new ProcessBuilder().environment().getOrDefault("PATH", "/usr/bin:/bin");
  }

  /**
   * Starts a program. Blocks for a moment.
   *
   * @param environment all of it
   * @param directory where it starts
   * @param account as whom it runs; null for Ostiary's own user
   */
  Process start(
      List<String> command,
      Map<String, String> environment,
      String directory,
      @Nullable Account account)
      throws IOException {
    List<String> whole = new ArrayList<>(platform.prefix(Optional.ofNullable(account)));
    whole.addAll(List.of("sh", "-c", LAUNCHER, "ostiary", directory));
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole);
    builder.environment().clear();
    try {
      builder.environment().putAll(environment);
    } catch (IllegalArgumentException unfit) {
      throw new IOException("a variable of the environment holds what none can hold", unfit);
    }
    Process process = builder.start();
    try {
      watchdog.add(process.pid());
      OutputStream in = process.getOutputStream();
      in.write("go\n".getBytes(US_ASCII));
      in.flush();
      return process;
    } catch (IOException unknown) {
      if (process.isAlive()) {
        process.destroyForcibly();
        watchdog.remove(process.pid());
        throw unknown;
      }
      return process; // how it ended says more
    }
  }

  /** Asks everything that this program has started to end, and itself. */
  void terminate(Process process) {
    others(process).forEach(ProcessHandle::destroy);
    watchdog.terminate(process.pid());
  }

  /** Ends it. */
  void kill(Process process) {
    others(process).forEach(ProcessHandle::destroyForcibly);
    watchdog.kill(process.pid());
    process.destroyForcibly();
  }

  /** It has ended: what is left of its group is ended too. */
  void ended(Process process) {
    watchdog.kill(process.pid());
    watchdog.remove(process.pid());
  }

  /** What has left the group is found only while its parent runs. */
  private static List<ProcessHandle> others(Process process) {
    return process.descendants().toList();
  }

  /** Ends what is left. */
  @Override
  public void close() {
    watchdog.close();
  }
}
