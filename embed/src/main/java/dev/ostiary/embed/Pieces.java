package dev.ostiary.embed;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A body that the JDK's client hands over in lists, one piece at a time, on demand. */
final class Pieces implements Flow.Publisher<ByteBuffer> {
  private final Flow.Publisher<List<ByteBuffer>> lists;

  Pieces(Flow.Publisher<List<ByteBuffer>> lists) {
    this.lists = lists;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> reader) {
    lists.subscribe(new Unpacking(reader));
  }

  /** Asks for one list at a time, and for the next when the reader has had all of it. */
  private static final class Unpacking
      implements Flow.Subscriber<List<ByteBuffer>>, Flow.Subscription {
    private final Flow.Subscriber<? super ByteBuffer> reader;
    private final Queue<ByteBuffer> pieces = new ConcurrentLinkedQueue<>();
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger work = new AtomicInteger();
    private volatile Flow.@Nullable Subscription source;
    private volatile boolean asked;
    private volatile boolean ended;
    private volatile boolean over;
    private volatile @Nullable Throwable failure;

    Unpacking(Flow.Subscriber<? super ByteBuffer> reader) {
      this.reader = reader;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      source = subscription;
      reader.onSubscribe(this);
    }

    @Override
    public void request(long n) {
      if (n <= 0) {
        onError(new IllegalArgumentException("a demand is positive"));
        return;
      }
      demand.getAndUpdate(open -> open > Long.MAX_VALUE - n ? Long.MAX_VALUE : open + n);
      deliver();
    }

    @Override
    public void onNext(List<ByteBuffer> list) {
      pieces.addAll(list);
      asked = false;
      deliver();
    }

    @Override
    public void onError(Throwable broken) {
      failure = broken;
      ended = true;
      deliver();
    }

    @Override
    public void onComplete() {
      ended = true;
      deliver();
    }

    @Override
    public void cancel() {
      over = true;
      cancelSource();
    }

    /** On one thread at a time: whoever comes while it runs leaves it another round. */
    private void deliver() {
      if (work.getAndIncrement() > 0) {
        return;
      }
      int rounds = 1;
      while (rounds > 0) {
        round();
        rounds = work.addAndGet(-rounds);
      }
    }

    private void round() {
      while (!over && demand.get() > 0 && !pieces.isEmpty()) {
        demand.getAndUpdate(open -> open == Long.MAX_VALUE ? open : open - 1);
        reader.onNext(pieces.remove());
      }
      boolean last = ended;
      if (over || !pieces.isEmpty()) {
        return;
      }
      if (last) {
        over = true;
        end(failure);
      } else if (demand.get() > 0 && !asked) {
        asked = true;
        askSource();
      }
    }

    private void end(@Nullable Throwable broken) {
      if (broken == null) {
        reader.onComplete();
      } else {
        cancelSource();
        reader.onError(broken);
      }
    }

    private void askSource() {
      Flow.Subscription current = source;
      if (current != null) {
        current.request(1);
      }
    }

    private void cancelSource() {
      Flow.Subscription current = source;
      if (current != null) {
        current.cancel();
      }
    }
  }
}
