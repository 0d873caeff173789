package dev.ostiary.server;

import dev.ostiary.server.config.ConfigSource;
import dev.ostiary.server.data.IoErrors;
import dev.ostiary.server.exit.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which configuration is meant.
 *
 * @param name as it was given; empty if there is no file, and the environment is all there is
 */
record ConfigFile(Invocation invocation, Optional<Path> name) {
  private static final String DEFAULT = "ostiary.yaml";

  /** This file; without a name the one in the working directory, if there is one. */
  static ConfigFile of(Invocation invocation, @Nullable Path named) {
    if (named != null) {
      return new ConfigFile(invocation, Optional.of(named));
    }
    boolean present = Files.exists(invocation.directory().resolve(DEFAULT));
    return new ConfigFile(invocation, present ? Optional.of(Path.of(DEFAULT)) : Optional.empty());
  }

  ConfigSource source() throws StartRefused {
    if (name.isEmpty()) {
      return ConfigSource.environment(invocation.variables());
    }
    try {
      Path path = invocation.directory().resolve(name.get());
      return ConfigSource.file(path, invocation.variables());
    } catch (IOException unreadable) {
      throw StartRefused.configuration(
          "The configuration " + name.get() + " cannot be read: " + IoErrors.of(unreadable) + ".");
    }
  }
}
