package dev.ostiary.gateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Events that are changed on their way; all else stays as it is. */
final class FilteredEventsTest {
  private final List<String> got = new ArrayList<>();
  private final AtomicLong asked = new AtomicLong();
  private boolean cancelled;
  private @Nullable Throwable failure;
  private boolean complete;
  private Flow.@Nullable Subscriber<? super ByteBuffer> filtering;

  @Test
  void changesTheDataAndLeavesTheRest() {
    subscribe(100);

    send("event: message\r\ndata: {\"a\":1}\r\n\r\n");
    send("id: 4\nevent: message\ndata: {\"result\":\ndata: \"sec");
    assertThat(got).containsExactly("event: message\r\ndata: {\"a\":1}\r\n\r\n");
    send("ret\"}\n\ndata: secret\n\n: half a comm");
    send("ent\n");
    end();

    String changed = "id: 4\nevent: message\ndata: {\"result\":\ndata: \"-\"}\n\n";
    assertThat(String.join("", got.subList(1, got.size())))
        .isEqualTo(changed.concat("data: -\n\n").concat(": half a comment\n"));
    assertThat(complete).isTrue();
  }

  /** The mark means nothing, and would hide the first line from a reader that does not skip it. */
  @Test
  void readsTheFirstEventBehindAByteOrderMark() {
    subscribe(100);

    for (byte octet : "\ufeffdata: secret\n\n".getBytes(UTF_8)) {
      send(octet);
    }
    send("\ufeffdata: secret\n\n");

    assertThat(String.join("", got)).isEqualTo("data: -\n\n\ufeffdata: secret\n\n");
  }

  @Test
  void passesCommentsWhenTheyCome() {
    subscribe(100);

    send(": still here\n\n");

    assertThat(got).containsExactly(": still here\n\n");
  }

  /** What is no event, for want of an end, is not shown unchanged. */
  @Test
  void keepsAnEventWithoutAnEndToItself() {
    subscribe(100);

    send("data: secret and no end");
    end();

    assertThat(got).isEmpty();
    assertThat(complete).isTrue();
  }

  @Test
  void asksForMoreUntilAnEventIsWhole() {
    subscribe(100, 1);
    asked.set(0);

    send("data: ");
    send("1");
    assertThat(asked).hasValue(2);
    send("\n\n");

    assertThat(asked).hasValue(2);
    assertThat(got).containsExactly("data: 1\n\n");
  }

  @Test
  void holdsOnlySoMuch() {
    subscribe(10);

    send("data: 1234");
    send("5");
    send("\n\n");

    assertThat(got).isEmpty();
    assertThat(failure).hasMessage("an event is longer than 10 bytes");
    assertThat(cancelled).isTrue();
  }

  private static byte[] change(byte[] message) {
    String text = new String(message, UTF_8);
    return text.contains("secret") ? text.replace("secret", "-").getBytes(UTF_8) : message;
  }

  private void subscribe(int limit) {
    subscribe(limit, Long.MAX_VALUE);
  }

  private void subscribe(int limit, long demand) {
    Flow.Publisher<ByteBuffer> source =
        subscriber -> {
          filtering = subscriber;
          subscriber.onSubscribe(
              new Flow.Subscription() {
                @Override
                public void request(long count) {
                  asked.addAndGet(count);
                }

                @Override
                public void cancel() {
                  cancelled = true;
                }
              });
        };
    new FilteredEvents(source, FilteredEventsTest::change, limit).subscribe(new Reading(demand));
  }

  private void send(String text) {
    send(text.getBytes(UTF_8));
  }

  private void send(byte... octets) {
    if (filtering != null) {
      filtering.onNext(ByteBuffer.wrap(octets));
    }
  }

  private void end() {
    if (filtering != null) {
      filtering.onComplete();
    }
  }

  private final class Reading implements Flow.Subscriber<ByteBuffer> {
    private final long demand;

    Reading(long demand) {
      this.demand = demand;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(demand);
    }

    @Override
    public void onNext(ByteBuffer piece) {
      got.add(UTF_8.decode(piece).toString());
    }

    @Override
    public void onError(Throwable broken) {
      failure = broken;
    }

    @Override
    public void onComplete() {
      complete = true;
    }
  }
}
