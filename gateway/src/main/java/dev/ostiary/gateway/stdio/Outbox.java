package dev.ostiary.gateway.stdio;

import dev.ostiary.gateway.peer.Channel;
import dev.ostiary.gateway.peer.Outgoing;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.mcp.rpc.RpcMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What waits for one child to read it, and which requests it has not answered. */
final class Outbox {
  private static final int MOST = 1_000;
  private static final long MOST_OCTETS = 16L * 1024 * 1024;

  /** A child that reads nothing for so long does not read any more. */
  private static final Duration DEAF = Duration.ofMinutes(1);

  private final LineBudget budget;
  private final Ticker ticker;
  private final Deque<Outgoing> queue = new ArrayDeque<>();
  private final Set<Long> underWay = new HashSet<>();
  private long octets;
  private boolean closed;
  private @Nullable Instant writingSince;

  Outbox(LineBudget budget, Ticker ticker) {
    this.budget = budget;
    this.ticker = ticker;
  }

  /**
   * The next message.
   *
   * @param alone whether the child had nothing to do before
   */
  record Next(Outgoing message, boolean alone) {}

  /** Returns whether there was room; what comes after the end is dropped. */
  synchronized boolean add(Outgoing message) {
    if (closed) {
      return true;
    }
    int more = message.octets().length;
    boolean fits = queue.isEmpty() || (queue.size() < MOST && octets + more <= MOST_OCTETS);
    if (!fits || !budget.take(more)) {
      return false;
    }
    queue.addLast(message);
    octets += more;
    notifyAll();
    return true;
  }

  /** Waits for a message; null at the end. */
  synchronized @Nullable Next take() throws InterruptedException {
    writingSince = null;
    while (queue.isEmpty() && !closed) {
      wait();
    }
    if (closed) {
      return null;
    }
    Outgoing message = queue.removeFirst();
    forget(message);
    boolean alone = underWay.isEmpty();
    if (message.message() instanceof RpcMessage.Request(var id, _, _)) {
      underWay.add(id.asLong(Channel.NONE));
    }
    writingSince = ticker.now();
    return new Next(message, alone);
  }

  private void forget(Outgoing message) {
    octets -= message.octets().length;
    budget.give(message.octets().length);
  }

  synchronized void answered(RpcMessage.Response response) {
    underWay.remove(Channel.ownId(response));
  }

  /** No answer is wanted; a request that was not sent is not sent any more. */
  synchronized void abandon(long request) {
    underWay.remove(request);
    queue.removeIf(
        message -> {
          boolean same =
              message.message() instanceof RpcMessage.Request(var id, _, _)
                  && id.asLong(Channel.NONE) == request;
          if (same) {
            forget(message);
          }
          return same;
        });
  }

  /** Whether nothing waits, and nothing is unanswered. */
  synchronized boolean isIdle() {
    return queue.isEmpty() && underWay.isEmpty();
  }

  /** Whether the child has been sent a request that it has not answered. */
  synchronized boolean hasAsked() {
    return !underWay.isEmpty();
  }

  /** Whether messages wait, and the child has read nothing for long. */
  synchronized boolean isUnread(Instant now) {
    return writingSince != null && !queue.isEmpty() && now.isAfter(writingSince.plus(DEAF));
  }

  /** Drops what waits. */
  synchronized void close() {
    closed = true;
    queue.forEach(this::forget);
    queue.clear();
    notifyAll();
  }
}
