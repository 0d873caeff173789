package dev.ostiary.http.netty.outbound;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Connections that wait for their next call, by origin; the one used last goes first. */
final class Pool {
  private static final int MOST_PER_ORIGIN = 256;

  private final Map<Origin, Deque<ClientConnection>> idle = new ConcurrentHashMap<>();

  /** Takes a connection out, if there is one; on the caller's own event loop if possible. */
  @Nullable ClientConnection take(Origin origin) {
    ClientConnection[] taken = new ClientConnection[1];
    idle.computeIfPresent(
        origin,
        (_, waiting) -> {
          ClientConnection found =
              waiting.stream()
                  .filter(ClientConnection::isHere)
                  .findFirst()
                  .orElseGet(waiting::getFirst);
          waiting.remove(found);
          taken[0] = found;
          return waiting.isEmpty() ? null : waiting;
        });
    return taken[0];
  }

  /** Keeps a connection, unless there are enough. */
  boolean offer(Origin origin, ClientConnection connection) {
    boolean[] kept = new boolean[1];
    idle.compute(
        origin,
        (_, there) -> {
          Deque<ClientConnection> waiting = there == null ? new ArrayDeque<>() : there;
          kept[0] = waiting.size() < MOST_PER_ORIGIN;
          if (kept[0]) {
            waiting.addFirst(connection);
          }
          return waiting;
        });
    return kept[0];
  }

  void remove(Origin origin, ClientConnection connection) {
    idle.computeIfPresent(
        origin,
        (_, waiting) -> {
          waiting.remove(connection);
          return waiting.isEmpty() ? null : waiting;
        });
  }
}
