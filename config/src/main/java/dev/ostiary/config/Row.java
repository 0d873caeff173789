package dev.ostiary.config;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What makes one component of a record: a key of its table, or several of them together. */
public interface Row<T> {
  /** The name of the component. */
  String component();

  /** The keys in the table. */
  List<String> names();

  /**
   * Reads them; null if nothing is written that can be used.
   *
   * @param usual what holds otherwise; null unless {@link #needsUsual}
   */
  @Nullable T read(Node.Table table, Place place, @Nullable T usual);

  default boolean needsUsual() {
    return false;
  }

  /** Notes what is wrong with a value, wherever it comes from. */
  void check(T value, Problems problems);

  Stream<Entry> entries(String path, @Nullable T usual);
}
