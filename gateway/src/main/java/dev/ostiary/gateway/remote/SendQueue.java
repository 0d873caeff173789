package dev.ostiary.gateway.remote;

import dev.ostiary.gateway.peer.Outgoing;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/** Messages in the order in which they are to be sent; it can be held up. */
final class SendQueue {
  /** How many may wait. */
  private static final int LIMIT = 1024;

  private final Consumer<Outgoing> sender;
  private final Queue<Outgoing> waiting = new ArrayDeque<>();
  private boolean held;
  private boolean sending;
  private boolean closed;

  /**
   * @param held whether nothing may be sent yet
   */
  SendQueue(Consumer<Outgoing> sender, boolean held) {
    this.sender = sender;
    this.held = held;
  }

  /** Sends it now or later; returns false if too much has piled up. */
  boolean add(Outgoing message) {
    synchronized (this) {
      if (closed) {
        return true;
      }
      if (waiting.size() >= LIMIT) {
        return false;
      }
      waiting.add(message);
    }
    drain();
    return true;
  }

  /** Nothing is sent until it is released; called while a message is being sent. */
  synchronized void hold() {
    held = true;
  }

  void release() {
    synchronized (this) {
      held = false;
    }
    drain();
  }

  /** Drops what waits, and all that comes. */
  synchronized void close() {
    closed = true;
    waiting.clear();
  }

  /** One thread sends at a time; what others bring meanwhile it sends too. */
  private void drain() {
    synchronized (this) {
      if (sending) {
        return;
      }
      sending = true;
    }
    while (sendNext()) {
      // until nothing more may be sent
    }
  }

  private boolean sendNext() {
    Outgoing next;
    synchronized (this) {
      next = held || closed ? null : waiting.poll();
      if (next == null) {
        sending = false;
        return false;
      }
    }
    sender.accept(next);
    return true;
  }
}
