package dev.ostiary.server.config;

import dev.ostiary.embed.config.OstiaryConfig;
import java.util.List;
import java.util.function.Function;

/**
 * A key of the configuration.
 *
 * @param path in full; {@code *} stands for a name that the writer chooses
 * @param list whether it takes a list of such values
 * @param value what a configuration says about it; one value unless it is a list or has a {@code *}
 * @param otherwise what happens when it is missing, where that is no fixed value
 * @param meaning for the reference page
 */
record Key<T>(
    String path,
    Form<T> form,
    boolean list,
    Function<OstiaryConfig, List<T>> value,
    String otherwise,
    String meaning) {

  static <T> Key<T> of(
      String path, Form<T> form, Function<OstiaryConfig, T> value, String meaning) {
    return new Key<>(path, form, false, config -> List.of(value.apply(config)), "", meaning);
  }

  static <T> Key<T> listOf(
      String path, Form<T> form, Function<OstiaryConfig, List<T>> value, String meaning) {
    return new Key<>(path, form, true, value, "", meaning);
  }

  /** A key of each of several things with names. */
  static <T> Key<T> ofEach(
      String path, Form<T> form, Function<OstiaryConfig, List<T>> value, String meaning) {
    return new Key<>(path, form, false, value, "", meaning);
  }

  /** The same key, of one value or none. */
  Key<T> single() {
    return new Key<>(path, form, false, value, otherwise, meaning);
  }

  /** The same key, whose default depends on something else. */
  Key<T> otherwise(String text) {
    return new Key<>(path, form, list, value, text, meaning);
  }

  /** The key of one thing with a name. */
  Key<T> named(String name) {
    return new Key<>(path.replace("*", name), form, list, value, otherwise, meaning);
  }
}
