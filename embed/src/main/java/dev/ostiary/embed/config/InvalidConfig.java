package dev.ostiary.embed.config;

import dev.ostiary.config.Problem;
import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that a program made and that breaks the rules. */
public final class InvalidConfig extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1;

  public InvalidConfig(List<Problem> problems) {
    super(problems.stream().map(InvalidConfig::sentence).collect(Collectors.joining("; ")));
  }

  private static String sentence(Problem problem) {
    String sentence = problem.key() + " " + problem.what();
    return problem.remedy().isEmpty() ? sentence : sentence + ". " + problem.remedy();
  }
}
