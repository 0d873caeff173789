package dev.ostiary.testkit.history;

import dev.ostiary.authorization.store.Store;
import java.util.Optional;

/**
 * One call of a store, and what a store could answer that does one thing after the other.
 *
 * @param <S> what such a store remembers; equal if it behaves in the same way
 */
public interface Verb<S> {
  /** Calls the store; what it answers. */
  Object run(Store store);

  /** What is remembered after this answer; empty if it cannot be given. */
  Optional<S> after(S before, Object answer);
}
