package dev.ostiary.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Header fields in the order they were sent. Names are compared without regard to case (RFC 9110
 * §5.1). Immutable.
 */
public final class Headers {
  private static final Headers NONE = new Headers(List.of());

  /** One field line. */
  public record Field(String name, String value) {
    /**
     * Refuses what would split or smuggle a line.
     *
     * @throws IllegalArgumentException if the name is not a token, or the value has a control
     *     character other than a tab (RFC 9110 §5.5)
     */
    public Field {
      if (!isToken(name)) {
        throw new IllegalArgumentException("not a header name");
      }
      if (!isValue(value)) {
        throw new IllegalArgumentException("not a header value for " + name);
      }
    }
  }

  private final List<Field> fields;

  private Headers(List<Field> fields) {
    this.fields = fields;
  }

  public static Headers none() {
    return NONE;
  }

  /** Fields from names and values in turn. */
  public static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a name without a value");
    }
    List<Field> fields = new ArrayList<>(namesAndValues.length / 2);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Headers(List.copyOf(fields));
  }

  public static Headers of(List<Field> fields) {
    return new Headers(List.copyOf(fields));
  }

  /** These fields and one more line of this name. */
  public Headers with(String name, String value) {
    List<Field> more = new ArrayList<>(fields.size() + 1);
    more.addAll(fields);
    more.add(new Field(name, value));
    return new Headers(List.copyOf(more));
  }

  /** These fields, with this one in place of all of its name. */
  public Headers replace(String name, String value) {
    return without(name).with(name, value);
  }

  /** Those of these fields whose name fits. */
  public Headers only(Predicate<String> fits) {
    List<Field> kept = new ArrayList<>(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      if (fits.test(field.name())) {
        kept.add(field);
      }
    }
    return kept.size() == fields.size() ? this : new Headers(List.copyOf(kept));
  }

  /** These fields without any of this name. */
  public Headers without(String name) {
    return only(each -> !each.equalsIgnoreCase(name));
  }

  /** The value of the first field of this name. */
  public Optional<String> first(String name) {
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return Optional.of(field.value());
      }
    }
    return Optional.empty();
  }

  /** The values of every field of this name, in order. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(1);
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      if (field.name().equalsIgnoreCase(name)) {
        values.add(field.value());
      }
    }
    return List.copyOf(values);
  }

  public boolean has(String name) {
    return first(name).isPresent();
  }

  public List<Field> fields() {
    return fields;
  }

  public void forEach(BiConsumer<String, String> action) {
    fields.forEach(field -> action.accept(field.name(), field.value()));
  }

  /** The names only: values may be secrets. */
  @Override
  public String toString() {
    return fields.stream().map(Field::name).toList().toString();
  }

  static boolean isToken(String name) {
    if (name.isEmpty()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isValue(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
        return false;
      }
    }
    return true;
  }
}
