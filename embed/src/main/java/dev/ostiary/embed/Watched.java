package dev.ostiary.embed;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/**
 * Content that says when nobody will read it any more: it has ended, broken off, or is unwanted.
 */
record Watched(Flow.Publisher<ByteBuffer> source, Runnable over)
    implements Flow.Publisher<ByteBuffer> {
  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> reader) {
    source.subscribe(new Reading(reader, over));
  }

  private record Reading(Flow.Subscriber<? super ByteBuffer> reader, Runnable over)
      implements Flow.Subscriber<ByteBuffer> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      reader.onSubscribe(new Cancelling(subscription, over));
    }

    @Override
    public void onNext(ByteBuffer piece) {
      reader.onNext(piece);
    }

    @Override
    public void onError(Throwable failure) {
      over.run();
      reader.onError(failure);
    }

    @Override
    public void onComplete() {
      over.run();
      reader.onComplete();
    }
  }

  private record Cancelling(Flow.Subscription subscription, Runnable over)
      implements Flow.Subscription {
    @Override
    public void request(long pieces) {
      subscription.request(pieces);
    }

    @Override
    public void cancel() {
      subscription.cancel();
      over.run();
    }
  }
}
