package dev.ostiary.gateway.policy;

import dev.ostiary.protocol.Scopes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody with scopes, and what a message needs beyond them. */
final class Holder {
  private final Policy policy;
  private final Scopes held;
  private final ToolMarks marks;
  private @Nullable Scopes effective;
  private Scopes needed = Scopes.none();
  private boolean missing;

  /**
   * @param marks what is known of the server's tools
   */
  Holder(Policy policy, Scopes held, ToolMarks marks) {
    this.policy = policy;
    this.held = held;
    this.marks = marks;
  }

  ToolMarks marks() {
    return marks;
  }

  /**
   * Adds what is needed, all of it.
   *
   * @param needs empty if no rule says any
   * @return whether it can be had by scopes at all
   */
  boolean needs(List<Need> needs) {
    for (Need need : needs.isEmpty() ? List.of(policy.otherwise()) : needs) {
      switch (need) {
        case Need.Denied _ -> {
          return false;
        }
        case Need.AnyOf any -> choose(any.alternatives());
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

  boolean has(Need need) {
    return switch (need) {
      case Need.Denied _ -> false;
      case Need.AnyOf(List<Scopes> alternatives) -> alternatives.stream().anyMatch(this::has);
    };
  }

  /** Whether what needs this is shown. */
  boolean sees(Need need) {
    return switch (policy.listed()) {
      case USABLE -> has(need);
      case REACHABLE -> !(need instanceof Need.Denied);
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
