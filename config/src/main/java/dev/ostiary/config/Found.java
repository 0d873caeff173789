package dev.ostiary.config;

import java.util.Map;
import java.util.Objects;

/**
 * What is written of a record whose defaults depend on it.
 *
 * @param name under which the record stands, where the writer chooses names
 * @param values by component
 */
public record Found(String name, Map<String, Object> values) {
  /** The value of a component; something else if it is not written. */
  public <V> V get(String component, Class<V> type, V otherwise) {
    return Objects.requireNonNullElse(type.cast(values.get(component)), otherwise);
  }

  public boolean has(String component) {
    return values.containsKey(component);
  }
}
