package dev.ostiary.server.config;

import dev.ostiary.config.Node;
import dev.ostiary.embed.config.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds keys that mean nothing, and the ones that were meant. */
final class UnknownKeys {
  private final List<Located> problems;

  UnknownKeys(List<Located> problems) {
    this.problems = problems;
  }

  void find(Node.Table root) {
    visit("", "", root);
  }

  /**
   * @param pattern the path as {@link Keys} has it
   */
  private void visit(String path, String pattern, Node.Table table) {
    table
        .values()
        .forEach(
            (name, node) -> {
              String full = join(path, name);
              Optional<String> known =
                  Stream.of(join(pattern, name), join(pattern, "*"))
                      .filter(UnknownKeys::begins)
                      .findFirst();
              if (known.isEmpty()) {
                problems.add(new Located(node.line(), unknown(full, pattern, name)));
              } else if (node instanceof Node.Table && isPolicy(known.get())) {
                return; // its own reader knows its keys
              } else if (node instanceof Node.Table inner) {
                visit(full, known.get(), inner);
              } else {
                refuseValue(full, known.get(), node);
              }
            });
  }

  /** A value where more keys belong. */
  private void refuseValue(String full, String pattern, Node node) {
    if (!isKey(pattern)) {
      String inside = String.join(", ", children(pattern).toList());
      problems.add(
          new Located(
              node.line(),
              new Problem(
                  full,
                  null,
                  "must have keys of its own",
                  "Indent them below it"
                      + (inside.equals("*") ? ": one for each name." : ": " + inside + "."))));
    }
  }

  private static Problem unknown(String full, String pattern, String name) {
    List<String> siblings = children(pattern).toList();
    String remedy =
        Nearest.of(name, siblings)
            .map(near -> "Did you mean " + near + "?")
            .or(() -> elsewhere(name).map(path -> "Did you mean " + path + "?"))
            .orElse("Known here: " + String.join(", ", siblings) + ".");
    return new Problem(full, null, "is not a key that Ostiary knows", remedy);
  }

  /** A key of this very name that belongs somewhere else. */
  private static Optional<String> elsewhere(String name) {
    return paths()
        .flatMap(path -> ancestors(path))
        .filter(path -> path.endsWith("." + name) && !path.contains("*"))
        .findFirst();
  }

  private static Stream<String> ancestors(String path) {
    return Stream.iterate(
        path,
        each -> !each.isEmpty(),
        each -> each.contains(".") ? each.substring(0, each.lastIndexOf('.')) : "");
  }

  private static Stream<String> children(String pattern) {
    String prefix = pattern.isEmpty() ? "" : pattern + ".";
    return paths()
        .filter(path -> path.startsWith(prefix))
        .map(path -> path.substring(prefix.length()).split("\\.", 2)[0])
        .distinct();
  }

  private static boolean begins(String pattern) {
    return paths().anyMatch(path -> path.equals(pattern) || path.startsWith(pattern + "."));
  }

  private static boolean isPolicy(String pattern) {
    return ServerKeys.POLICY.path().equals(pattern);
  }

  private static boolean isKey(String pattern) {
    return paths().anyMatch(pattern::equals);
  }

  private static Stream<String> paths() {
    return Keys.ALL.stream().map(Key::path);
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
