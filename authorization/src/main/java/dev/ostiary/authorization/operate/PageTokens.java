package dev.ostiary.authorization.operate;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A long list as a stream that holds one page of it at a time. */
final class PageTokens {
  static final int SIZE = 200;

  /** Gives the page behind an element, or the first page. */
  @FunctionalInterface
  interface Next<T> {
    List<T> after(@Nullable T last);
  }

  private PageTokens() {}

  static <T> Stream<T> of(Next<T> next) {
    return of(next, Function.identity());
  }

  /**
   * @param view what is made of a page
   */
  static <T, V> Stream<V> of(Next<T> next, Function<List<T>, List<V>> view) {
    return Stream.iterate(
            next.after(null),
            page -> !page.isEmpty(),
            page -> page.size() < SIZE ? List.of() : next.after(page.getLast()))
        .flatMap(page -> view.apply(page).stream());
  }
}
