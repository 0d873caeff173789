package dev.ostiary.config;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Every problem of a configuration, in the order of the file, for the person who wrote it. */
public final class Report {
  private final String file;
  private final List<Problem> problems;

  /**
   * @param file its name; empty if there is none
   */
  public Report(String file, List<Problem> problems) {
    this.file = file;
    this.problems =
        problems.stream().sorted(Comparator.comparingInt(problem -> sortKey(problem))).toList();
  }

  private static int sortKey(Problem problem) {
    return problem.line() == 0 ? Integer.MAX_VALUE : problem.line();
  }

  @Override
  public String toString() {
    String where = file.isEmpty() ? "The configuration" : file;
    String count = problems.size() == 1 ? "one problem" : problems.size() + " problems";
    return problems.stream()
        .map(Report::entry)
        .collect(Collectors.joining("\n", where + " has " + count + ".\n\n", ""));
  }

  private static String entry(Problem problem) {
    String line = problem.line() == 0 ? "" : "line " + problem.line() + ": ";
    String value = problem.value() == null ? "" : " = " + problem.value();
    return "  %s%s%s\n    %s.\n%s\n"
        .formatted(
            line, problem.key(), value, problem.what(), problem.remedy().indent(4).stripTrailing());
  }
}
