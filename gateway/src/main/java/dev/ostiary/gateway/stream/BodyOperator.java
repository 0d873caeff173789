package dev.ostiary.gateway.stream;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The base of what stands between the publisher of a body and its one subscriber (Reactive Streams
 * 1.0.4). Signals of both sides may come from any thread; they are worked off in rounds, one at a
 * time, and every hook runs within a round. One piece is requested at a time, and only when the
 * subscriber has requested one.
 */
abstract class BodyOperator
    implements Flow.Publisher<ByteBuffer>, Flow.Subscriber<ByteBuffer>, Flow.Subscription {
  private static final Flow.Subscription REFUSED =
      new Flow.Subscription() {
        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
      };

  private final Flow.Publisher<ByteBuffer> source;
  private final AtomicBoolean subscribed = new AtomicBoolean();
  private final AtomicInteger signals = new AtomicInteger();
  private final AtomicLong demand = new AtomicLong();
  private final Queue<ByteBuffer> pieces = new ConcurrentLinkedQueue<>();
  private volatile Flow.@Nullable Subscriber<? super ByteBuffer> downstream;
  private volatile Flow.@Nullable Subscription upstream;
  private volatile @Nullable Throwable failure;
  private volatile boolean started;
  private volatile boolean requested;
  private volatile boolean ended;
  private volatile boolean cancelled;
  private boolean done;

  BodyOperator(Flow.Publisher<ByteBuffer> source) {
    this.source = source;
  }

  /**
   * What becomes of a piece; null if nothing can be passed on yet.
   *
   * @throws IOException if the body cannot be passed on any further
   */
  abstract @Nullable ByteBuffer change(ByteBuffer piece) throws IOException;

  /** The source has ended and its last piece is passed on. Completes or fails the subscriber. */
  void ended(@Nullable Throwable broken) {
    if (broken == null) {
      complete();
    } else {
      fail(broken);
    }
  }

  /** The subscriber has cancelled. Finishes, or runs again when something arrives. */
  void cancelled() {
    finish();
  }

  /** Comes before all else of a round; returns whether there is nothing else to do in it. */
  boolean interrupted() {
    return false;
  }

  /** All that has arrived is passed on, and more will come. */
  void waiting() {}

  /** Nothing more comes and nothing more is passed on; the subscriber has not been told yet. */
  void finished() {}

  /** Subscribes to the source. */
  void connect() {
    source.subscribe(this);
  }

  @Override
  public final void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    requireNonNull(subscriber);
    if (subscribed.getAndSet(true)) {
      subscriber.onSubscribe(REFUSED);
      subscriber.onError(new IllegalStateException("a body is read once"));
    } else {
      downstream = subscriber;
      connect();
    }
  }

  @Override
  public final void request(long count) {
    if (count > 0) {
      demand.getAndUpdate(open -> open > Long.MAX_VALUE - count ? Long.MAX_VALUE : open + count);
    } else {
      failure = new IllegalArgumentException("request(" + count + "), against rule 3.9");
      pieces.clear();
    }
    drain();
  }

  @Override
  public final void cancel() {
    cancelled = true;
    drain();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    if (accepts(subscription)) {
      start();
    }
  }

  @Override
  public void onNext(ByteBuffer piece) {
    pieces.add(requireNonNull(piece));
    requested = false;
    drain();
  }

  @Override
  public void onError(Throwable broken) {
    failure = requireNonNull(broken);
    ended = true;
    drain();
  }

  @Override
  public void onComplete() {
    ended = true;
    drain();
  }

  /** Whether this is the first subscription; any other is cancelled. */
  final boolean accepts(Flow.Subscription subscription) {
    if (upstream != null) {
      subscription.cancel();
      return false;
    }
    upstream = requireNonNull(subscription);
    return true;
  }

  /** Hands the subscriber its subscription. No round has happened before. */
  final void start() {
    Flow.Subscriber<? super ByteBuffer> to = downstream;
    if (to != null) {
      to.onSubscribe(this);
      started = true;
      drain();
    }
  }

  /** Works off all signals that have come, unless another thread is at it. */
  final void drain() {
    if (signals.getAndIncrement() > 0) {
      return;
    }
    int rounds = 1;
    while (rounds > 0) {
      if (started && !done) {
        round();
      }
      rounds = signals.addAndGet(-rounds);
    }
  }

  private void round() {
    if (cancelled) {
      downstream = null;
      pieces.clear();
      cancelled();
    } else if (!interrupted()) {
      deliver();
      Throwable broken = failure;
      if (pieces.isEmpty() && (ended || broken != null)) {
        ended(broken);
      } else {
        waiting();
        if (hasDemand() && !requested && pieces.isEmpty()) {
          requestUpstream(1);
        }
      }
    }
  }

  private void deliver() {
    for (ByteBuffer piece = next(); piece != null; piece = next()) {
      ByteBuffer changed = changed(piece);
      if (changed != null) {
        pass(changed);
      }
    }
  }

  private @Nullable ByteBuffer next() {
    return hasDemand() && !cancelled ? pieces.poll() : null;
  }

  private @Nullable ByteBuffer changed(ByteBuffer piece) {
    try {
      return change(piece);
    } catch (IOException | RuntimeException broken) {
      failure = broken;
      pieces.clear();
      return null;
    }
  }

  /** Passes something on, for which there must be demand. */
  final void pass(ByteBuffer piece) {
    demand.getAndUpdate(open -> open == Long.MAX_VALUE ? open : open - 1);
    Flow.Subscriber<? super ByteBuffer> to = downstream;
    if (to != null) {
      to.onNext(piece);
    }
  }

  final void complete() {
    completeWith(null);
  }

  /** Completes, after a last piece if there is one, for which there must be demand. */
  final void completeWith(@Nullable ByteBuffer last) {
    Flow.Subscriber<? super ByteBuffer> to = downstream;
    finish();
    if (to != null) {
      if (last != null) {
        to.onNext(last);
      }
      to.onComplete();
    }
  }

  final void fail(Throwable broken) {
    Flow.Subscriber<? super ByteBuffer> to = downstream;
    finish();
    if (to != null) {
      to.onError(broken);
    }
  }

  final void finish() {
    done = true;
    downstream = null;
    pieces.clear();
    cancelUpstream();
    finished();
  }

  final void cancelUpstream() {
    Flow.Subscription from = upstream;
    if (from != null && !ended) {
      from.cancel();
    }
  }

  final void requestUpstream(long count) {
    Flow.Subscription from = upstream;
    if (from != null) {
      requested = true;
      from.request(count);
    }
  }

  final void dropPieces() {
    pieces.clear();
  }

  final boolean hasDemand() {
    return demand.get() > 0;
  }

  /** Whether a piece was requested, and none has come since. */
  final boolean isStarving() {
    return requested && pieces.isEmpty();
  }

  final boolean isEnded() {
    return ended;
  }

  final @Nullable Throwable failure() {
    return failure;
  }
}
