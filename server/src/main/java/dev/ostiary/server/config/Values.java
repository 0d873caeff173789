package dev.ostiary.server.config;

import dev.ostiary.config.Node;
import dev.ostiary.embed.config.Problem;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes values out of a table, and keeps note of what was wrong and of which keys were known. */
final class Values {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
  private static final String FILE = "file:";

  private final Node.Table root;
  private final Environment surroundings;
  private final List<Located> problems;
  private final Set<String> faulty = new HashSet<>();

  Values(Node.Table root, Environment surroundings, List<Located> problems) {
    this.root = root;
    this.surroundings = surroundings;
    this.problems = problems;
  }

  /** The value of a key, if there is one that can be used. */
  <T> Optional<T> one(Key<T> key) {
    Node node = find(key.path());
    return switch (node) {
      case null -> Optional.empty();
      case Node.Value text -> parse(key, text);
      case Node.Nothing nothing -> wrong(key, nothing.line(), null, "has no value");
      case Node.Items items -> wrong(key, items.line(), null, "must be one value, not a list");
      case Node.Table table -> wrong(key, table.line(), null, "must be a value, not more keys");
    };
  }

  /** The values of a key; empty if there are none that can be used. */
  <T> List<T> all(Key<T> key) {
    Node node = find(key.path());
    if (!(node instanceof Node.Items items)) {
      if (node != null) {
        report(key, node.line(), null, "must be a list", "Write it in square brackets: [a, b].");
      }
      return List.of();
    }
    List<T> values = new ArrayList<>();
    for (Node item : items.values()) {
      if (item instanceof Node.Value text) {
        parse(key, text).ifPresent(values::add);
      } else {
        wrong(key, item.line(), null, "must be a list of values");
      }
    }
    return values;
  }

  /** The keys of a table, in order. */
  List<String> names(String path) {
    return find(path) instanceof Node.Table table
        ? List.copyOf(table.values().keySet())
        : List.of();
  }

  @Nullable Node find(String path) {
    return find(root, path);
  }

  /** Names that the writer chooses may have dots. */
  private static @Nullable Node find(Node.Table table, String path) {
    Node whole = table.values().get(path);
    if (whole != null) {
      return whole;
    }
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      if (table.values().get(path.substring(0, dot)) instanceof Node.Table inner) {
        Node found = find(inner, path.substring(dot + 1));
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** The line of a key, or of what is around it; 0 if it was not written at all. */
  int line(String path) {
    Node node = find(path);
    if (node != null) {
      return node.line();
    }
    int dot = path.lastIndexOf('.');
    return dot < 0 ? 0 : line(path.substring(0, dot));
  }

  /** Whether something is wrong with this key already, so that its value means nothing. */
  boolean isFaulty(String path) {
    return faulty.contains(path);
  }

  /** Lets nothing more be said about this key, whose value depends on one that is faulty. */
  void spare(Key<?> key) {
    faulty.add(key.path());
  }

  private <T> Optional<T> parse(Key<T> key, Node.Value text) {
    Optional<String> expanded = expand(key, text);
    if (expanded.isEmpty()) {
      return Optional.empty();
    }
    if (isSecret(key) && isWritten(text.text())) {
      surroundings.written().run();
    }
    try {
      return Optional.of(key.form().parse().apply(expanded.get()));
    } catch (IllegalArgumentException refused) {
      return wrong(key, text.line(), text.text(), String.valueOf(refused.getMessage()));
    }
  }

  private Optional<String> expand(Key<?> key, Node.Value text) {
    if (key.form().readsFiles() && text.text().startsWith(FILE)) {
      return readFile(key, text);
    }
    Matcher matcher = VARIABLE.matcher(text.text());
    StringBuilder expanded = new StringBuilder();
    boolean complete = true;
    while (matcher.find()) {
      Optional<String> value = surroundings.variable(matcher.group(1));
      if (value.isEmpty()) {
        complete = false;
        noVariable(key, text.line(), matcher.group(1));
      }
      matcher.appendReplacement(expanded, Matcher.quoteReplacement(value.orElse("")));
    }
    return complete ? Optional.of(matcher.appendTail(expanded).toString()) : Optional.empty();
  }

  private Optional<String> readFile(Key<?> key, Node.Value text) {
    String name = text.text().substring(FILE.length());
    try {
      return Optional.of(surroundings.files().read(Path.of(name)).strip());
    } catch (NoSuchFileException missing) {
      return unreadable(key, text, "names a file that does not exist: " + name);
    } catch (IOException | InvalidPathException unreadable) {
      return unreadable(key, text, "names a file that cannot be read: " + name);
    }
  }

  private Optional<String> unreadable(Key<?> key, Node.Value text, String what) {
    String remedy =
        isSecret(key)
            ? "Put the secret there, readable by this user only."
            : "Put the " + key.form().kind() + " there, readable by this user.";
    report(key, text.line(), null, what, remedy);
    return Optional.empty();
  }

  private void noVariable(Key<?> key, int line, String name) {
    report(
        key,
        line,
        null,
        "needs the variable " + name + ", which is not set",
        "Set it, for example: export " + name + "=...");
  }

  private <T> Optional<T> wrong(Key<T> key, int line, @Nullable String value, String what) {
    report(key, line, isSecret(key) ? null : value, what, key.form().remedy());
    return Optional.empty();
  }

  private void report(Key<?> key, int line, @Nullable String value, String what, String remedy) {
    faulty.add(key.path());
    problems.add(new Located(line, new Problem(key.path(), value, what, remedy)));
  }

  /** Whether a value is there in full, and neither in a variable nor in a file. */
  private static boolean isWritten(String value) {
    return !value.startsWith(FILE) && !VARIABLE.matcher(value).find();
  }

  private static boolean isSecret(Key<?> key) {
    return key.form().equals(Form.SECRET);
  }
}
