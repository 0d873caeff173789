package dev.ostiary.server.doctor;

import dev.ostiary.embed.config.StdioServer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks whether the program of a stdio server is there, without starting it. */
final class CommandVisit {
  private final String path;
  private final Diagnosis diagnosis;

  /**
   * @param path where programs are looked for, as in the variable {@code PATH}
   */
  CommandVisit(String path, Diagnosis diagnosis) {
    this.path = path;
    this.diagnosis = diagnosis;
  }

  void visit(String name, StdioServer server) {
    String program = server.command().getFirst();
    Optional<Path> found = find(program, server.directory());
    if (found.isEmpty()) {
      diagnosis.sick(
          "Server %s: there is no program %s that can be executed.".formatted(name, program),
          "Install it for all users, or write its whole path in servers." + name + ".command.");
    } else if (server.directory() != null && !Files.isDirectory(server.directory())) {
      diagnosis.sick(
          "Server %s: %s is no directory.".formatted(name, server.directory()),
          "Create it, or correct servers." + name + ".directory.");
    } else {
      diagnosis.well("Server %s: its program is there (%s).".formatted(name, found.get()));
    }
  }

  /** As the system looks for it: a name with a slash is a path, from where the program starts. */
  private Optional<Path> find(String program, @Nullable Path directory) {
    if (program.contains("/")) {
      Path file = directory == null ? Path.of(program) : directory.resolve(program);
      return Optional.of(file).filter(Files::isExecutable);
    }
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }
}
