package dev.ostiary.gateway.stdio;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the children of one server are run.
 *
 * @param name of the server, as in the configuration; clients see nothing else of it
 * @param command the program and its arguments, each given to it as it is
 * @param directory where the program starts; null for its own home
 * @param account as whom it runs; null for Ostiary's own user
 * @param children at the same time, of all users
 * @param perUser at the same time, of one user
 * @param start longest time until a child says something, if it was asked something
 */
public record StdioSettings(
    String name,
    List<String> command,
    EnvironmentTemplate environment,
    @Nullable String directory,
    @Nullable Account account,
    int children,
    int perUser,
    Duration start) {
  public StdioSettings {
    command = List.copyOf(command);
  }
}
