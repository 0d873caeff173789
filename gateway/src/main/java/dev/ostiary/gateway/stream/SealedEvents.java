package dev.ostiary.gateway.stream;

import dev.ostiary.http.Body;
import dev.ostiary.mcp.EventIds;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A stream of events whose ids are sealed, so that they are of use to their session only: servers
 * may keep the events of all sessions in one store, and return the rest of a stream to any caller
 * that knows the id of an event.
 */
public final class SealedEvents implements Flow.Publisher<ByteBuffer> {
  private final Flow.Publisher<ByteBuffer> source;
  private final UnaryOperator<String> seal;

  private SealedEvents(Flow.Publisher<ByteBuffer> source, UnaryOperator<String> seal) {
    this.source = source;
    this.seal = seal;
  }

  public static Body of(Body body, UnaryOperator<String> seal) {
    return switch (body) {
      case Body.Whole whole -> Body.of(new EventIds(seal).change(ByteBuffer.wrap(whole.bytes())));
      case Body.Streamed streamed -> new Body.Streamed(new SealedEvents(streamed.source(), seal));
    };
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> reader) {
    source.subscribe(new Sealing(reader));
  }

  /** One piece out for one asked for, however many it takes until there is one to pass on. */
  private final class Sealing implements Flow.Subscriber<ByteBuffer> {
    private final Flow.Subscriber<? super ByteBuffer> reader;
    private final EventIds ids = new EventIds(seal);
    private Flow.@Nullable Subscription upstream;

    Sealing(Flow.Subscriber<? super ByteBuffer> reader) {
      this.reader = reader;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      upstream = subscription;
      reader.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer piece) {
      byte[] sealed = ids.change(piece);
      if (sealed.length > 0) {
        reader.onNext(ByteBuffer.wrap(sealed));
      } else if (upstream != null) {
        upstream.request(1);
      }
    }

    @Override
    public void onError(Throwable failure) {
      reader.onError(failure);
    }

    @Override
    public void onComplete() {
      reader.onComplete();
    }
  }
}
