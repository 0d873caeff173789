package dev.ostiary.server;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * What is around one run of the program.
 *
 * @param variables of the environment
 * @param directory where relative paths begin
 * @param in what is typed or piped
 * @param colour whether the terminal shows colours
 */
record Invocation(
    Map<String, String> variables,
    Path directory,
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean colour,
    InstantSource time) {

  /** This process. */
  static Invocation ofProcess() {
    Map<String, String> variables = System.getenv();
    return new Invocation(
        variables,
        Path.of("").toAbsolutePath(),
        System.in,
        System.out,
        System.err,
        showsColour(variables),
        InstantSource.system());
  }

  /** On a terminal, unless the user wants none (no-color.org). */
  private static boolean showsColour(Map<String, String> variables) {
    return variables.getOrDefault("NO_COLOR", "").isEmpty()
        && Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }
}
