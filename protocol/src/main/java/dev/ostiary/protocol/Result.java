package dev.ostiary.protocol;

import java.util.function.Function;

/** What came of something that may be refused: a value, or the reason for having none. */
public sealed interface Result<T, R> {
  /** It worked. */
  record Ok<T, R>(T value) implements Result<T, R> {}

  /** It was refused. */
  record Refused<T, R>(R reason) implements Result<T, R> {}

  static <T, R> Result<T, R> ok(T value) {
    return new Ok<>(value);
  }

  static <T, R> Result<T, R> refused(R reason) {
    return new Refused<>(reason);
  }

  /** Goes on with the value, if there is one. */
  default <U> Result<U, R> then(Function<? super T, Result<U, R>> next) {
    return switch (this) {
      case Ok<T, R>(T value) -> next.apply(value);
      case Refused<T, R>(R reason) -> new Refused<>(reason);
    };
  }

  /** Changes the value, if there is one. */
  default <U> Result<U, R> map(Function<? super T, ? extends U> change) {
    return switch (this) {
      case Ok<T, R>(T value) -> new Ok<>(change.apply(value));
      case Refused<T, R>(R reason) -> new Refused<>(reason);
    };
  }
}
