package dev.ostiary.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table of keys that makes a record. Each row reaches one component; a component without a row
 * keeps its default.
 */
public final class Section<T extends Record> implements Shape<T> {
  private final Class<T> type;
  private final List<Row<?>> rows;
  private final @Nullable Function<Found, T> defaults;
  private final List<BiConsumer<T, Problems>> rules;

  private Section(
      Class<T> type,
      List<Row<?>> rows,
      @Nullable Function<Found, T> defaults,
      List<BiConsumer<T, Problems>> rules) {
    this.type = type;
    this.rows = List.copyOf(rows);
    this.defaults = defaults;
    this.rules = List.copyOf(rules);
  }

  /**
   * The rows of a record.
   *
   * @throws IllegalArgumentException if one reaches no component
   */
  public static <T extends Record> Section<T> of(Class<T> type, Row<?>... rows) {
    List<String> components =
        Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
    for (Row<?> row : rows) {
      if (!components.contains(row.component())) {
        throw new IllegalArgumentException(type + " has no component " + row.component());
      }
    }
    return new Section<>(type, List.of(rows), null, List.of());
  }

  /** The same table, with defaults of its own, which may depend on what is written. */
  public Section<T> defaults(Function<Found, T> record) {
    return new Section<>(type, rows, record, rules);
  }

  /** The same table, with something that must hold of several values together. */
  public Section<T> rule(BiConsumer<T, Problems> rule) {
    List<BiConsumer<T, Problems>> all = new ArrayList<>(rules);
    all.add(rule);
    return new Section<>(type, rows, defaults, all);
  }

  /** Any number of such tables, each under a name. */
  public Shape<Map<String, T>> named() {
    return new Named<>(this);
  }

  /** A row of these keys: they stand in the table around, and make one component there. */
  public Row<T> inline(String component) {
    return new Inline<>(component, this);
  }

  @Override
  public Optional<T> read(Node node, Place place, @Nullable T usual) {
    if (node instanceof Node.Table table) {
      return Optional.of(readTable(table, place, usual));
    }
    place.wrong(
        null,
        "must have keys of its own",
        "Indent them below it: " + String.join(", ", names()) + ".");
    return Optional.empty();
  }

  /** Reads the whole of a table, in which there may be no other keys. */
  T readTable(Node.Table table, Place place, @Nullable T usual) {
    table
        .values()
        .forEach(
            (name, node) -> {
              if (!names().contains(name)) {
                Place there = place.in(name, node);
                place
                    .reading()
                    .unknown(
                        new Problem(
                            there.path(),
                            null,
                            there.line(),
                            "is not a key that Ostiary knows",
                            remedy(name, place.reading())));
              }
            });
    return readRows(table, place, usual);
  }

  /** Reads these keys out of a table that may have more. */
  public T readRows(Node.Table table, Place place, @Nullable T usual) {
    Map<String, Object> found = new HashMap<>();
    for (Row<?> row : rows) {
      if (!row.needsUsual()) {
        add(found, row, row.read(table, place, null));
      }
    }
    T base = usual == null || defaults != null ? base(new Found(place.name(), found)) : usual;
    for (Row<?> row : rows) {
      if (row.needsUsual()) {
        add(found, row, readOver(base, row, table, place));
      }
    }
    return with(base, found);
  }

  private static void add(Map<String, Object> found, Row<?> row, @Nullable Object value) {
    if (value != null) {
      found.put(row.component(), value);
    }
  }

  private <C> @Nullable C readOver(T base, Row<C> row, Node.Table table, Place place) {
    return row.read(table, place, component(base, row));
  }

  private T base(Found found) {
    if (defaults == null) {
      throw new IllegalStateException(type + " has no defaults here");
    }
    return defaults.apply(found);
  }

  @Override
  public boolean needsUsual() {
    return defaults == null;
  }

  @Override
  public void check(T value, Problems problems) {
    rows.forEach(row -> check(row, value, problems));
    rules.forEach(rule -> rule.accept(value, problems));
  }

  private <C> void check(Row<C> row, T value, Problems problems) {
    C component = component(value, row);
    if (component != null) {
      row.check(component, problems);
    }
  }

  List<String> names() {
    return rows.stream().flatMap(row -> row.names().stream()).toList();
  }

  @Override
  public Stream<Entry> entries(String path, Key<T> key, @Nullable T usual) {
    return entries(path, usual);
  }

  /** Every key, in order. */
  public Stream<Entry> entries(String path, @Nullable T usual) {
    T base = usual == null ? base(new Found("NAME", Map.of())) : usual;
    return rows.stream().flatMap(row -> entries(path, row, base));
  }

  private <C> Stream<Entry> entries(String path, Row<C> row, T base) {
    return row.entries(path, component(base, row));
  }

  private String remedy(String name, Reading reading) {
    return Nearest.of(name, names())
        .or(() -> elsewhere(name, reading))
        .map(near -> "Did you mean " + near + "?")
        .orElse("Known here: " + String.join(", ", names()) + ".");
  }

  /** A key of this very name that belongs somewhere else. */
  private static Optional<String> elsewhere(String name, Reading reading) {
    return reading
        .known()
        .flatMap(
            path ->
                Stream.iterate(
                    path,
                    each -> !each.isEmpty(),
                    each -> each.contains(".") ? each.substring(0, each.lastIndexOf('.')) : ""))
        .filter(path -> path.endsWith("." + name) && !path.contains("*"))
        .findFirst();
  }

  /** The same record with another value of one component. */
  public T with(T record, String component, Object value) {
    return with(record, Map.of(component, value));
  }

  private T with(T record, Map<String, Object> values) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    @Nullable Object[] arguments = new Object[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        String name = components[i].getName();
        types[i] = components[i].getType();
        arguments[i] =
            values.containsKey(name)
                ? values.get(name)
                : components[i].getAccessor().invoke(record);
      }
      Constructor<T> canonical = type.getDeclaredConstructor(types);
      return canonical.newInstance(arguments);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(type + " is not a public record", impossible);
    }
  }

  @SuppressWarnings("unchecked") // the row was made for this component
  private <C> @Nullable C component(T record, Row<C> row) {
    try {
      for (RecordComponent component : type.getRecordComponents()) {
        if (component.getName().equals(row.component())) {
          return (C) component.getAccessor().invoke(record);
        }
      }
      throw new IllegalStateException(row.component());
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(type + " is not a public record", impossible);
    }
  }

  /** Keys of the table around. */
  private record Inline<T extends Record>(String component, Section<T> section) implements Row<T> {
    @Override
    public List<String> names() {
      return section.names();
    }

    @Override
    public boolean needsUsual() {
      return section.needsUsual();
    }

    @Override
    public T read(Node.Table table, Place place, @Nullable T usual) {
      return section.readRows(table, place, usual);
    }

    @Override
    public void check(T value, Problems problems) {
      section.check(value, problems);
    }

    @Override
    public Stream<Entry> entries(String path, @Nullable T usual) {
      return section.entries(path, usual);
    }
  }
}
