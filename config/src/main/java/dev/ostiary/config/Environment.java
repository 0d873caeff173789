package dev.ostiary.config;

import dev.ostiary.protocol.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a configuration may refer to.
 *
 * @param variables of the environment
 * @param files how a file is read
 * @param parser turns the text of a file into a tree
 */
public record Environment(Map<String, String> variables, Files files, Parser parser) {
  /** A variable that is set and not empty. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }

  /** Reads the text of a file, whose path counts from the configuration's own directory. */
  public interface Files {
    /** The text, or why there is none, as the predicate of a sentence. */
    Result<String, String> read(String path);
  }

  /** Reads a text; what is wrong with it is added to the problems. */
  public interface Parser {
    Node.Table parse(String text, List<Problem> problems);
  }
}
