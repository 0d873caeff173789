package dev.ostiary.gateway.sse;

import dev.ostiary.mcp.Event;
import dev.ostiary.mcp.EventScan;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a stream of events, and hands on what is in them. */
final class EventReader implements Flow.Subscriber<ByteBuffer> {
  /** The longest event, in bytes. */
  private static final int LIMIT = 64 * 1024 * 1024;

  private final Consumer<byte[]> messages;
  private final Runnable ended;
  private final EventScan scan = new EventScan();
  private final ByteArrayOutputStream event = new ByteArrayOutputStream();
  private volatile Flow.@Nullable Subscription source;
  private volatile boolean cancelled;

  /**
   * @param messages gets the data of each event that has some
   * @param ended runs when the stream has ended by itself
   */
  EventReader(Consumer<byte[]> messages, Runnable ended) {
    this.messages = messages;
    this.ended = ended;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    source = subscription;
    if (cancelled) {
      subscription.cancel();
    } else {
      subscription.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(ByteBuffer piece) {
    ByteBuffer rest = piece.duplicate();
    int start = rest.position();
    while (scan.next(rest)) {
      keep(rest, start);
      start = rest.position();
      byte[] data = Event.read(event.toByteArray()).data();
      event.reset();
      if (data.length > 0) {
        messages.accept(data);
      }
    }
    keep(rest, start);
    if (scan.isBetweenEvents()) {
      event.reset(); // a comment
    } else if (event.size() > LIMIT) {
      cancel();
      ended.run();
    }
  }

  private void keep(ByteBuffer piece, int start) {
    byte[] octets = new byte[piece.position() - start];
    piece.get(start, octets);
    event.writeBytes(octets);
  }

  @Override
  public void onError(Throwable failure) {
    ended.run();
  }

  @Override
  public void onComplete() {
    ended.run();
  }

  /** Reads no further. */
  void cancel() {
    cancelled = true;
    Flow.Subscription subscription = source;
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
