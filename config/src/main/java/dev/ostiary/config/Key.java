package dev.ostiary.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A key of a table. It reaches the component of the record that has the same name, without dashes:
 * {@code code-lifetime} is {@code codeLifetime}. Its default is what the record of defaults has
 * there.
 */
public final class Key<T> implements Row<T> {
  private static final Pattern DASH = Pattern.compile("-([a-z])");

  private final String name;
  private final Shape<T> shape;
  private final String meaning;
  private final String component;
  private final String otherwise;
  private final @Nullable String variable;
  private final @Nullable String required;
  private final boolean always;
  private final List<BiConsumer<T, Problems>> checks;

  private Key(
      String name,
      Shape<T> shape,
      String meaning,
      String component,
      String otherwise,
      @Nullable String variable,
      @Nullable String required,
      boolean always,
      List<BiConsumer<T, Problems>> checks) {
    this.name = name;
    this.shape = shape;
    this.meaning = meaning;
    this.component = component;
    this.otherwise = otherwise;
    this.variable = variable;
    this.required = required;
    this.always = always;
    this.checks = List.copyOf(checks);
  }

  /**
   * A key of one value.
   *
   * @param meaning for the reference page
   */
  public static <T> Key<T> key(String name, Shape<T> shape, String meaning) {
    String component =
        DASH.matcher(name).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    return new Key<>(name, shape, meaning, component, "", null, null, false, List.of());
  }

  /** A key of a list. */
  public static <T> Key<List<T>> list(String name, Form<T> form, String meaning) {
    return key(name, new Listing<>(form), meaning);
  }

  /** A key of a table with keys of its own. */
  public static <T> Key<T> table(String name, Shape<T> shape) {
    return key(name, shape, "");
  }

  /** The same key, for a component of another name. */
  public Key<T> to(String other) {
    return new Key<>(name, shape, meaning, other, otherwise, variable, required, always, checks);
  }

  /** The same key, with what the reference page says where the default is no fixed value. */
  public Key<T> otherwise(String text) {
    return new Key<>(name, shape, meaning, component, text, variable, required, always, checks);
  }

  /** The same key, whose value is that of a variable of the environment if it is missing. */
  public Key<T> variable(String other) {
    return new Key<>(
        name,
        shape,
        meaning,
        component,
        "the variable `" + other + "`",
        other,
        required,
        always,
        checks);
  }

  /** The same key, which must be written. */
  public Key<T> required(String remedy) {
    return new Key<>(name, shape, meaning, component, "needed", variable, remedy, always, checks);
  }

  /** The same key of a table, which is read as an empty one if it is missing. */
  public Key<T> always() {
    return new Key<>(name, shape, meaning, component, otherwise, variable, required, true, checks);
  }

  /** The same key, with something that must hold of its value. */
  public Key<T> check(BiConsumer<T, Problems> rule) {
    List<BiConsumer<T, Problems>> all = new ArrayList<>(checks);
    all.add(rule);
    return new Key<>(name, shape, meaning, component, otherwise, variable, required, always, all);
  }

  @Override
  public String component() {
    return component;
  }

  @Override
  public List<String> names() {
    return List.of(name);
  }

  @Override
  public boolean needsUsual() {
    return shape.needsUsual();
  }

  /** Whether it is written in a table. */
  public boolean isIn(Node.Table table) {
    return table.values().containsKey(name);
  }

  @Override
  public @Nullable T read(Node.Table table, Place place, @Nullable T usual) {
    Node node = table.values().get(name);
    Place here = place.in(name, node);
    if (node == null) {
      node = always ? new Node.Table(Map.of(), place.line()) : variable(place);
    }
    if (node != null) {
      return shape.read(node, here, usual).orElse(null);
    }
    if (required != null) {
      here.wrong(null, "is missing", required);
    }
    return null;
  }

  private @Nullable Node variable(Place place) {
    return variable == null || place.reading().environment().variable(variable).isEmpty()
        ? null
        : Form.text("${" + variable + "}", place.line());
  }

  @Override
  public void check(T value, Problems problems) {
    Problems here = problems.in(name);
    shape.check(value, here);
    checks.forEach(rule -> rule.accept(value, here));
  }

  @Override
  public Stream<Entry> entries(String path, @Nullable T usual) {
    return shape.entries(Place.join(path, name), this, usual);
  }

  /** The entry of a key whose value has no keys of its own. */
  public Entry entry(String path, String kind, String fallback) {
    return new Entry(path, kind, otherwise.isEmpty() ? fallback : otherwise, meaning);
  }
}
