package dev.ostiary.server.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a configuration may refer to.
 *
 * @param variables of the environment
 * @param files how a file is read
 * @param written is told that a secret stands in the configuration itself
 */
record Environment(Map<String, String> variables, Files files, Runnable written) {
  /** A variable that is set and not empty. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }

  /** Reads the text of a file, whose path counts from the configuration's own directory. */
  interface Files {
    String read(Path path) throws IOException;
  }
}
