package dev.ostiary.gateway.bridge.legacy;

import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.stream.EventQueue;
import dev.ostiary.gateway.stream.StreamTimeouts;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The stream that a client opens with GET: for what belongs to no request. There is one at a time.
 * While there is none, some messages wait for it; events have no ids, so that one that was lost
 * with its stream is not sent again.
 */
final class ListeningStream {
  /** How many messages wait. */
  static final int WAITING = 64;

  /** What a client has not taken yet, in bytes. */
  private static final int HELD = 4 * 1024 * 1024;

  private static final Headers EVENTS = Headers.of("Content-Type", "text/event-stream");

  private final Runnable onClosed;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private @Nullable EventQueue open;
  private boolean over;

  /**
   * A message that waits.
   *
   * @param question its id if it is a question; null if it is none
   * @param until when it has waited for long enough; null if it may wait on
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Waiting(
      byte[] json, @Nullable String question, @Nullable Instant until, Runnable dropped) {}

  /**
   * @param onClosed runs when a stream that was opened has ended
   */
  ListeningStream(Runnable onClosed) {
    this.onClosed = onClosed;
  }

  /** Opens the stream; false if there is one already. */
  boolean open(CallReply reply, StreamTimeouts timeouts) {
    Opened opened = new Opened();
    synchronized (this) {
      if (open != null || over) {
        return false;
      }
      open = opened.events;
      waiting.forEach(message -> opened.events.write(message.json));
      waiting.clear();
    }
    reply.onCancel(opened::ended);
    reply.relay(new Reply(200, EVENTS, new Body.Streamed(opened.events)), timeouts, opened::ended);
    return true;
  }

  synchronized boolean isOpen() {
    return open != null;
  }

  /** Sends a message if the stream is open. Returns whether the client will get it. */
  boolean write(byte[] json) {
    EventQueue to;
    synchronized (this) {
      to = open;
    }
    return to != null && to.write(json);
  }

  /** Sends a notification, or keeps it until the stream is opened. */
  void deliver(byte[] json) {
    deliver(new Waiting(json, null, null, () -> {}));
  }

  /**
   * Sends a question, or keeps it until the stream is opened.
   *
   * @param until how long it may wait for that
   * @param dropped runs if it cannot be sent
   */
  void ask(byte[] json, String id, Instant until, Runnable dropped) {
    deliver(new Waiting(json, id, until, dropped));
  }

  private void deliver(Waiting message) {
    EventQueue to;
    Waiting dropped = null;
    synchronized (this) {
      to = open;
      if (to == null) {
        dropped = over ? message : keep(message);
      }
    }
    if (dropped != null) {
      dropped.dropped.run();
    }
    if (to != null && !to.write(message.json)) {
      message.dropped.run();
    }
  }

  /** Returns the one that makes room for it. */
  private @Nullable Waiting keep(Waiting message) {
    waiting.add(message);
    return waiting.size() > WAITING ? waiting.poll() : null;
  }

  /** Takes back a question that still waits; false if it does not. */
  synchronized boolean takeBack(String question) {
    return waiting.removeIf(each -> question.equals(each.question));
  }

  /** Drops what has waited for too long. */
  void tick(Instant now) {
    List<Waiting> late;
    synchronized (this) {
      late =
          waiting.stream().filter(each -> each.until != null && !now.isBefore(each.until)).toList();
      waiting.removeAll(late);
    }
    late.forEach(each -> each.dropped.run());
  }

  /** Ends the stream, and there is no other one. */
  void close() {
    EventQueue last;
    List<Waiting> lost;
    synchronized (this) {
      over = true;
      last = open;
      lost = List.copyOf(waiting);
      waiting.clear();
    }
    if (last != null) {
      last.end();
    }
    lost.forEach(message -> message.dropped.run());
  }

  /** One stream, which ends once. */
  private final class Opened {
    private final EventQueue events = new EventQueue(HELD, this::ended);

    private void ended() {
      synchronized (ListeningStream.this) {
        if (open != events) {
          return;
        }
        open = null;
      }
      onClosed.run();
    }
  }
}
