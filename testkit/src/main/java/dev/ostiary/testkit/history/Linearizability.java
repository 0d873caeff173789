package dev.ostiary.testkit.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for an order in which the calls of a history could have happened one by one, each between
 * its beginning and its answer (linearizability, Herlihy and Wing 1990). The search is that of Wing
 * and Gong 1993, with the memory of Lowe 2017: what is left to do depends on nothing but the calls
 * done and what the store remembers, so no such pair is looked at twice.
 */
public final class Linearizability {
  /** How many calls a history may have: one bit each. */
  public static final int MOST = 63;

  private record Visited<S>(long done, S state) {}

  private Linearizability() {}

  /**
   * An order of the calls that explains their answers.
   *
   * @param initial what the store remembered before
   * @return empty if there is none
   */
  public static <S> Optional<List<Event<S>>> order(S initial, List<Event<S>> history) {
    if (history.size() > MOST) {
      throw new IllegalArgumentException("a history has at most " + MOST + " calls");
    }
    Deque<Event<S>> order = new ArrayDeque<>();
    return search(new Visited<>(0, initial), history, new HashSet<>(), order)
        ? Optional.of(new ArrayList<>(order))
        : Optional.empty();
  }

  private static <S> boolean search(
      Visited<S> here, List<Event<S>> history, Set<Visited<S>> seen, Deque<Event<S>> order) {
    if (here.done() == (1L << history.size()) - 1) {
      return true;
    }
    if (!seen.add(here)) {
      return false;
    }
    long firstReturn = firstReturn(here.done(), history);
    for (int i = 0; i < history.size(); i++) {
      Event<S> event = history.get(i);
      if (isDone(here.done(), i) || event.invoked() > firstReturn) {
        continue;
      }
      Optional<S> after = event.verb().after(here.state(), event.answer());
      if (after.isPresent()) {
        order.addLast(event);
        if (search(new Visited<>(here.done() | 1L << i, after.get()), history, seen, order)) {
          return true;
        }
        order.removeLast();
      }
    }
    return false;
  }

  /** No call that began after this can have happened next. */
  private static <S> long firstReturn(long done, List<Event<S>> history) {
    long first = Long.MAX_VALUE;
    for (int i = 0; i < history.size(); i++) {
      if (!isDone(done, i)) {
        first = Math.min(first, history.get(i).returned());
      }
    }
    return first;
  }

  private static boolean isDone(long done, int index) {
    return (done & 1L << index) != 0;
  }
}
