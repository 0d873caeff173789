package dev.ostiary.gateway.remote;

import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.http.Body;
import dev.ostiary.mcp.ByteOrderMark;
import dev.ostiary.mcp.Event;
import dev.ostiary.mcp.EventScan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream of events piece by piece, and hands on each event as soon as it is whole. What is
 * left of an event without an end is none.
 */
final class EventReader implements Flow.Subscriber<ByteBuffer>, Ticker.Tickable {
  /** The longest event, in bytes. */
  static final int LONGEST = 16 * 1024 * 1024;

  /** Gets what is read, on the thread that brings it. Must not block. */
  interface Handler {
    void event(Event event);

    /**
     * Nothing more comes; called once, and not after the reader was cancelled.
     *
     * @param broken null if the stream has ended in order
     */
    void over(@Nullable Throwable broken);
  }

  private final Handler handler;
  private final Ticker ticker;
  private final Runnable ended;
  private final AtomicBoolean done = new AtomicBoolean();
  private final ByteOrderMark mark = new ByteOrderMark();
  private final EventScan scan = new EventScan();
  private final ByteArrayOutputStream event = new ByteArrayOutputStream();
  private volatile Flow.@Nullable Subscription subscription;
  private volatile Duration idle;
  private volatile Instant since;

  /**
   * @param idle longest silence
   * @param ended runs once at the end, however that comes
   */
  EventReader(Handler handler, Ticker ticker, Duration idle, Runnable ended) {
    this.handler = handler;
    this.ticker = ticker;
    this.idle = idle;
    this.ended = ended;
    this.since = ticker.now();
  }

  void read(Body body) {
    switch (body) {
      case Body.Whole whole -> {
        if (take(ByteBuffer.wrap(whole.bytes()))) {
          finish(null, true);
        }
      }
      case Body.Streamed streamed -> {
        ticker.add(this);
        streamed.source().subscribe(this);
      }
    }
  }

  /** Nothing more is wanted. */
  void cancel() {
    finish(null, false);
  }

  /** The longest silence from now on. */
  void wait(Duration atMost) {
    idle = atMost;
  }

  @Override
  public void onSubscribe(Flow.Subscription begun) {
    subscription = begun;
    if (done.get()) {
      ticker.remove(this);
      begun.cancel();
    } else {
      begun.request(1);
    }
  }

  @Override
  public void onNext(ByteBuffer piece) {
    since = ticker.now();
    Flow.Subscription from = subscription;
    if (take(piece.duplicate()) && from != null) {
      from.request(1);
    }
  }

  @Override
  public void onError(Throwable broken) {
    finish(broken, true);
  }

  @Override
  public void onComplete() {
    finish(null, true);
  }

  @Override
  public void tick(Instant now) {
    if (Duration.between(since, now).compareTo(idle) > 0) {
      finish(new HttpTimeoutException("a stream of events fell silent"), true);
    }
  }

  /** Whether more is wanted. */
  private boolean take(ByteBuffer piece) {
    mark.skip(piece);
    int start = piece.position();
    while (!done.get() && scan.next(piece)) {
      keep(piece, start);
      start = piece.position();
      byte[] octets = event.toByteArray();
      event.reset();
      if (!tell(Event.read(octets))) {
        return false;
      }
    }
    if (done.get()) {
      return false;
    }
    keep(piece, start);
    if (scan.isBetweenEvents()) { // comments
      event.reset();
    }
    if (event.size() > LONGEST) {
      finish(new IOException("an event is longer than " + LONGEST + " bytes"), true);
      return false;
    }
    return true;
  }

  private void keep(ByteBuffer piece, int start) {
    byte[] octets = new byte[piece.position() - start];
    piece.get(start, octets);
    event.writeBytes(octets);
  }

  private boolean tell(Event read) {
    try {
      handler.event(read);
      return true;
    } catch (RuntimeException broken) {
      finish(broken, true);
      return false;
    }
  }

  private void finish(@Nullable Throwable broken, boolean tells) {
    if (done.getAndSet(true)) {
      return;
    }
    ticker.remove(this);
    Flow.Subscription from = subscription;
    if (from != null) {
      from.cancel();
    }
    ended.run();
    if (tells) {
      handler.over(broken);
    }
  }
}
