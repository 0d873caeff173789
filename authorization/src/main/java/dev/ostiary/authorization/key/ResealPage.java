package dev.ostiary.authorization.key;

import dev.ostiary.authorization.store.Sealed;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Records with sealed secrets, which can be sealed anew page by page. */
@FunctionalInterface
public interface ResealPage {
  /**
   * Seals anew what is not sealed with the newest key, in the page of records that follows one.
   *
   * @param last null to begin
   * @param current whether the newest key has sealed something
   * @return the last record of the page; empty if there are no more
   */
  Optional<String> after(@Nullable String last, Predicate<Sealed> current);
}
