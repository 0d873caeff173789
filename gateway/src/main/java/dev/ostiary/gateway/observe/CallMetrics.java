package dev.ostiary.gateway.observe;

import dev.ostiary.gateway.stream.Termination;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Measures one call while it is answered; changes nothing. */
public interface CallMetrics {
  /** Measures nothing. */
  CallMetrics NONE =
      new CallMetrics() {
        @Override
        public void answer(byte[] json) {}

        @Override
        public Flow.Publisher<ByteBuffer> answer(Flow.Publisher<ByteBuffer> body, boolean events) {
          return body;
        }

        @Override
        public void begun(int status, boolean events) {}

        @Override
        public void done(@Nullable Termination early) {}

        @Override
        public void ended(CallOutcome outcome) {}
      };

  /** Sees a whole answer, or the data of an event of it, as the server sent it. */
  void answer(byte[] json);

  /**
   * Sees an answer as it passes.
   *
   * @param events whether it is a stream of events, and not one JSON text
   * @return what to pass on
   */
  Flow.Publisher<ByteBuffer> answer(Flow.Publisher<ByteBuffer> body, boolean events);

  /**
   * A body begins that takes its time.
   *
   * @param events whether it is a stream of events
   */
  void begun(int status, boolean events);

  /** The body that has begun has ended; null if it was complete. */
  void done(@Nullable Termination early);

  /** The call has ended; only the first call of this method counts. */
  void ended(CallOutcome outcome);
}
