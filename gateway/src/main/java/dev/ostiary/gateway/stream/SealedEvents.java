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
public final class SealedEvents extends BodyOperator {
  private final EventIds ids;

  SealedEvents(Flow.Publisher<ByteBuffer> source, UnaryOperator<String> seal) {
    super(source);
    this.ids = new EventIds(seal);
  }

  public static Body of(Body body, UnaryOperator<String> seal) {
    return switch (body) {
      case Body.Whole whole -> Body.of(new EventIds(seal).change(ByteBuffer.wrap(whole.bytes())));
      case Body.Streamed streamed -> new Body.Streamed(new SealedEvents(streamed.source(), seal));
    };
  }

  @Override
  @Nullable ByteBuffer change(ByteBuffer piece) {
    byte[] sealed = ids.change(piece);
    return sealed.length == 0 ? null : ByteBuffer.wrap(sealed);
  }
}
