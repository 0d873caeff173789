package dev.ostiary.http;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** Subscribes only to say that nothing is wanted. */
final class Discard implements Flow.Subscriber<ByteBuffer> {
  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.cancel();
  }

  @Override
  public void onNext(ByteBuffer piece) {}

  @Override
  public void onError(Throwable failure) {}

  @Override
  public void onComplete() {}
}
