package dev.ostiary.http.netty.outbound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The content of an answer, given out as it is asked for. The connection is read only when what
 * came before has been taken. Everything happens on the connection's event loop.
 */
final class BodyStream implements Flow.Publisher<ByteBuffer>, Flow.Subscription {
  /** The connection, as its content sees it. */
  interface Source {
    /** Reads on. */
    void readOn();

    /** Ends the connection: the rest of the content is not wanted. */
    void abandon();
  }

  private final Executor loop;
  private final Source source;
  private final Deque<ByteBuffer> pieces = new ArrayDeque<>();
  private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
  private @Nullable IOException failure;
  private long demand;
  private boolean arrived;
  private boolean over;
  private boolean draining;

  BodyStream(Executor loop, Source source) {
    this.loop = loop;
    this.source = source;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> reader) {
    try {
      loop.execute(() -> begin(reader));
    } catch (RejectedExecutionException stopped) {
      refuse(reader, new IOException("the connection has ended", stopped));
    }
  }

  @Override
  public void request(long count) {
    onLoop(
        () -> {
          if (count <= 0) {
            failure = new IOException("a request for " + count + " pieces");
            pieces.clear();
            source.abandon();
          }
          demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
          drain();
        });
  }

  @Override
  public void cancel() {
    onLoop(
        () -> {
          over = true;
          pieces.clear();
          if (!arrived) {
            source.abandon();
          }
        });
  }

  /** A piece has come. */
  void push(ByteBuffer piece) {
    if (!over) {
      pieces.add(piece);
      drain();
    }
  }

  /** All of it has come. */
  void end() {
    arrived = true;
    drain();
  }

  /** The rest will not come. */
  void breakOff(IOException reason) {
    arrived = true;
    failure = reason;
    drain();
  }

  /** Whether it has no reader yet. */
  boolean unread() {
    return subscriber == null && !over;
  }

  /** Whether more may be read from the connection. */
  boolean hungry() {
    return over || (demand > 0 && pieces.isEmpty());
  }

  private void begin(Flow.Subscriber<? super ByteBuffer> reader) {
    if (subscriber != null) {
      refuse(reader, new IOException("content is read once"));
      return;
    }
    subscriber = reader;
    reader.onSubscribe(this);
    drain();
  }

  private static void refuse(Flow.Subscriber<? super ByteBuffer> reader, IOException reason) {
    reader.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long count) {}

          @Override
          public void cancel() {}
        });
    reader.onError(reason);
  }

  private void drain() {
    Flow.Subscriber<? super ByteBuffer> reader = subscriber;
    if (draining || over || reader == null) {
      return;
    }
    draining = true;
    while (demand > 0 && !over && !pieces.isEmpty()) {
      demand--;
      reader.onNext(pieces.remove());
    }
    draining = false;
    if (over || !pieces.isEmpty()) {
      return;
    }
    if (failure != null) {
      over = true;
      reader.onError(failure);
    } else if (arrived) {
      over = true;
      reader.onComplete();
    } else if (demand > 0) {
      source.readOn();
    }
  }

  private void onLoop(Runnable signal) {
    try {
      loop.execute(signal);
    } catch (RejectedExecutionException stopped) {
      over = true;
    }
  }
}
