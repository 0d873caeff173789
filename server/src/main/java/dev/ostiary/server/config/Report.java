package dev.ostiary.server.config;

import dev.ostiary.embed.config.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Every problem of a configuration, in the order of the file, for the person who wrote it. */
final class Report {
  private final String file;
  private final List<Located> problems;

  /**
   * @param file its name; empty if there is none
   */
  Report(String file, List<Located> problems) {
    this.file = file;
    this.problems =
        problems.stream().sorted(Comparator.comparingInt(located -> sortKey(located))).toList();
  }

  private static int sortKey(Located located) {
    return located.line() == 0 ? Integer.MAX_VALUE : located.line();
  }

  @Override
  public String toString() {
    String where = file.isEmpty() ? "The configuration" : file;
    String count = problems.size() == 1 ? "one problem" : problems.size() + " problems";
    return problems.stream()
        .map(Report::entry)
        .collect(Collectors.joining("\n", where + " has " + count + ".\n\n", ""));
  }

  private static String entry(Located located) {
    Problem problem = located.problem();
    String line = located.line() == 0 ? "" : "line " + located.line() + ": ";
    String value = problem.value() == null ? "" : " = " + problem.value();
    return "  %s%s%s\n    %s.\n%s\n"
        .formatted(
            line, problem.key(), value, problem.what(), problem.remedy().indent(4).stripTrailing());
  }
}
