package dev.ostiary.config;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a value is written: one word, a list, or a table with keys of its own. */
public interface Shape<T> {
  /**
   * Reads a value; empty, with a problem noted, if there is none that can be used.
   *
   * @param usual what holds where nothing is written; null unless {@link #needsUsual}
   */
  Optional<T> read(Node node, Place place, @Nullable T usual);

  /** Notes what is wrong with a value, wherever it comes from. */
  default void check(T value, Problems problems) {}

  /** Whether a part of such a value may be left out in favour of what is around it. */
  default boolean needsUsual() {
    return false;
  }

  /** The keys that it is written with, at this path or below. */
  Stream<Entry> entries(String path, Key<T> key, @Nullable T usual);
}
