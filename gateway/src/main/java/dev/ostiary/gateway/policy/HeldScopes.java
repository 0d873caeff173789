package dev.ostiary.gateway.policy;

import dev.ostiary.protocol.Scopes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The scopes that a caller holds, and what a message needs beyond them. */
final class HeldScopes {
  private final Policy policy;
  private final Scopes held;
  private final ReadOnlyHints hints;
  private @Nullable Scopes effective;
  private Scopes needed = Scopes.none();
  private boolean missing;

  /**
   * @param hints what is known of the server's tools
   */
  HeldScopes(Policy policy, Scopes held, ReadOnlyHints hints) {
    this.policy = policy;
    this.held = held;
    this.hints = hints;
  }

  ReadOnlyHints hints() {
    return hints;
  }

  /**
   * Adds what is needed, all of it.
   *
   * @param needs empty if no rule says any
   * @return whether it can be had by scopes at all
   */
  boolean needs(List<RequiredScopes> needs) {
    for (RequiredScopes need : needs.isEmpty() ? List.of(policy.otherwise()) : needs) {
      switch (need) {
        case RequiredScopes.Denied _ -> {
          return false;
        }
        case RequiredScopes.AnyOf any -> choose(any.alternatives());
      }
    }
    return true;
  }

  /** What is held already, or else the first. */
  private void choose(List<Scopes> alternatives) {
    for (Scopes each : alternatives) {
      if (has(each)) {
        needed = needed.union(each);
        return;
      }
    }
    needed = needed.union(alternatives.getFirst());
    missing = true;
  }

  boolean isMissing() {
    return missing;
  }

  /** All that the message needs, held or not. */
  Scopes needed() {
    return needed;
  }

  boolean has(RequiredScopes need) {
    return switch (need) {
      case RequiredScopes.Denied _ -> false;
      case RequiredScopes.AnyOf(List<Scopes> alternatives) ->
          alternatives.stream().anyMatch(this::has);
    };
  }

  /** Whether what needs this is shown. */
  boolean sees(RequiredScopes need) {
    return switch (policy.listed()) {
      case USABLE -> has(need);
      case REACHABLE -> !(need instanceof RequiredScopes.Denied);
      case ALL -> true;
    };
  }

  private boolean has(Scopes scopes) {
    if (held.containsAll(scopes)) {
      return true;
    }
    if (effective == null) {
      effective = policy.withImplied(held);
    }
    return effective.containsAll(scopes);
  }
}
