package dev.ostiary.config;

import dev.ostiary.protocol.Result;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a configuration. What cannot be read is noted and replaced by its default, so that
 * everything else is judged in the same run.
 */
public final class Reading {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  static final String FILE = "file:";

  private final Environment environment;
  private final Node.Table root;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> faulty = new HashSet<>();
  private @Nullable Section<?> whole;
  private boolean holdsSecret;

  public Reading(String text, Environment environment) {
    this.environment = environment;
    this.root = environment.parser().parse(text, problems);
  }

  /** The whole; it means nothing if there are problems. */
  public <T extends Record> T read(Section<T> section) {
    whole = section;
    T value = section.readTable(root, new Place(this, "", "", 0), null);
    section.check(value, new Problems("", problems, faulty, this::line));
    return value;
  }

  /** The value of one key at the top; null if there is none that can be used. */
  public <T> @Nullable T read(Key<T> key) {
    return key.read(root, new Place(this, "", "", 0), null);
  }

  /** The value of one key at the top; the usual one if there is none that can be used. */
  public <T> T read(Key<T> key, T usual) {
    T value = key.read(root, new Place(this, "", "", 0), usual);
    return value == null ? usual : value;
  }

  public List<Problem> problems() {
    return problems;
  }

  /** Whether nothing could be read at all. */
  public boolean isEmpty() {
    return root.equals(Node.Table.EMPTY);
  }

  /** Whether a secret stands in the configuration itself, neither in a variable nor in a file. */
  public boolean holdsSecret() {
    return holdsSecret;
  }

  public Environment environment() {
    return environment;
  }

  /** Every key that there is, such as {@code servers.*.path}. */
  Stream<String> known() {
    return whole == null ? Stream.empty() : whole.entries("", null).map(Entry::path);
  }

  void wrong(Problem problem) {
    faulty.add(problem.key());
    problems.add(problem);
  }

  /** An unknown key says nothing about others. */
  void unknown(Problem problem) {
    problems.add(problem);
  }

  /** A value with what it refers to put in its place. */
  <T> Optional<String> expand(Form<T> form, String text, Place place) {
    if (form.readsFiles() && text.startsWith(FILE)) {
      return file(form, text.substring(FILE.length()), place);
    }
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder expanded = new StringBuilder();
    boolean complete = true;
    boolean refers = false;
    while (matcher.find()) {
      refers = true;
      String name = matcher.group(1);
      if (form.placeholders().contains(name)) {
        matcher.appendReplacement(expanded, Matcher.quoteReplacement(matcher.group()));
        continue;
      }
      Optional<String> value = environment.variable(name);
      if (value.isEmpty() && !form.placeholders().isEmpty() && !NAME.matcher(name).matches()) {
        complete = false;
        place.wrong(
            null,
            "has the unknown placeholder ${" + name + "}",
            "There are: ${" + String.join("}, ${", form.placeholders()) + "}.");
      } else if (value.isEmpty()) {
        complete = false;
        place.wrong(
            null,
            "needs the variable " + name + ", which is not set",
            "Set it, for example: export " + name + "=...");
      }
      matcher.appendReplacement(expanded, Matcher.quoteReplacement(value.orElse("")));
    }
    holdsSecret |= form.isSecret(text) && !refers;
    return complete ? Optional.of(matcher.appendTail(expanded).toString()) : Optional.empty();
  }

  private Optional<String> file(Form<?> form, String name, Place place) {
    return switch (environment.files().read(name)) {
      case Result.Ok<String, String>(String text) -> Optional.of(text.strip());
      case Result.Refused<String, String>(String what) -> {
        place.wrong(
            null,
            what,
            form.isSecret(name)
                ? "Put the secret there, readable by this user only."
                : "Put the " + form.kind() + " there, readable by this user.");
        yield Optional.empty();
      }
    };
  }

  /** The line of a key, or of what is around it; 0 if it was not written at all. */
  private int line(String path) {
    Node node = find(root, path);
    if (node != null) {
      return node.line();
    }
    int dot = path.lastIndexOf('.');
    return dot < 0 ? 0 : line(path.substring(0, dot));
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
}
