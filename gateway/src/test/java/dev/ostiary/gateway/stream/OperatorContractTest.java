package dev.ostiary.gateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Body;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.testng.SkipException;
import org.testng.annotations.Test;

/**
 * Every operator keeps the rules of Reactive Streams, as its TCK checks them: as a publisher over a
 * source of pieces, and as the subscriber of one. Tests of what the TCK says a publisher may do,
 * and these do not, are aborted with its reason; those that it calls untested have no content and
 * are left out.
 */
final class OperatorContractTest {
  private static final Ticker TICKER =
      new Ticker(InstantSource.system(), System.getLogger(OperatorContractTest.class.getName()));

  private static final StreamTimeouts TIMEOUTS =
      new StreamTimeouts(Duration.ofHours(1), Duration.ofHours(1));

  private static final Map<String, Function<Flow.Publisher<ByteBuffer>, BodyOperator>> OPERATORS =
      Map.of(
          "tapped JSON", source -> new TappedBody(source, false, _ -> {}),
          "tapped events", source -> new TappedBody(source, true, _ -> {}),
          "filtered events", source -> new FilteredEvents(source, data -> data, 1000),
          "sealed events", source -> new SealedEvents(source, id -> id),
          "relayed JSON", source -> relayed(source, StreamedEvents.none()),
          "relayed events", source -> relayed(source, StreamedEvents.of(false)),
          "read ahead", OperatorContractTest::readAhead);

  @TestFactory
  Stream<DynamicContainer> publishers() {
    return containers(AsPublisher::new);
  }

  @TestFactory
  Stream<DynamicContainer> subscribers() {
    return containers(AsSubscriber::new);
  }

  private static Stream<DynamicContainer> containers(
      Function<Function<Flow.Publisher<ByteBuffer>, BodyOperator>, Verification> verification) {
    return OPERATORS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            operator ->
                DynamicContainer.dynamicContainer(
                    operator.getKey(), tests(() -> verification.apply(operator.getValue()))));
  }

  private static Stream<DynamicTest> tests(Supplier<Verification> verification) {
    return Arrays.stream(verification.get().getClass().getMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .filter(method -> !method.getName().startsWith("untested_"))
        .sorted(Comparator.comparing(Method::getName))
        .map(
            method ->
                DynamicTest.dynamicTest(method.getName(), () -> run(verification.get(), method)));
  }

  /** As TestNG would. */
  private static void run(Verification verification, Method method) throws Throwable {
    verification.setUp();
    try {
      method.invoke(verification);
    } catch (InvocationTargetException thrown) {
      Throwable cause = thrown.getCause();
      if (!(cause instanceof SkipException)) {
        throw cause;
      }
      assertThat(method.getName()).as(cause.getMessage()).matches("optional_.*|.*_may[A-Z].*");
      throw new TestAbortedException(cause.getMessage());
    } finally {
      verification.tearDown();
    }
  }

  private static BodyOperator relayed(Flow.Publisher<ByteBuffer> source, StreamedEvents events) {
    RelayedBody.Ending ending =
        new RelayedBody.Ending() {
          @Override
          public boolean readsOn(boolean resumable) {
            return false;
          }

          @Override
          public byte @Nullable [] lastEvent(Termination why, boolean resumable) {
            return null;
          }

          @Override
          public void done(@Nullable Termination early) {}
        };
    return new RelayedBody(source, events, ending, TICKER, TIMEOUTS);
  }

  /** The first piece is read ahead. */
  private static BodyOperator readAhead(Flow.Publisher<ByteBuffer> source) {
    ReadAhead ahead =
        new ReadAhead(new Body.Streamed(source), (_, _) -> true, TICKER, Duration.ofHours(1));
    var _ = ahead.read();
    return ahead;
  }

  private static ByteBuffer piece(long number) {
    return ByteBuffer.wrap(("data: " + number + "\n\n").getBytes(UTF_8));
  }

  private interface Verification {
    void setUp() throws Exception;

    default void tearDown() {}
  }

  public static final class AsPublisher extends FlowPublisherVerification<ByteBuffer>
      implements Verification {
    private final Function<Flow.Publisher<ByteBuffer>, BodyOperator> operator;

    AsPublisher(Function<Flow.Publisher<ByteBuffer>, BodyOperator> operator) {
      super(new TestEnvironment(250, 20));
      this.operator = operator;
    }

    @Override
    public Flow.Publisher<ByteBuffer> createFlowPublisher(long elements) {
      return operator.apply(subscriber -> subscriber.onSubscribe(new Pieces(subscriber, elements)));
    }

    /** Null, without which tests are left out, for what fails before anyone can subscribe to it. */
    @Override
    public Flow.@Nullable Publisher<ByteBuffer> createFailedFlowPublisher() {
      BodyOperator failed =
          operator.apply(
              subscriber -> {
                subscriber.onSubscribe(new Pieces(subscriber, 1));
                subscriber.onError(new IllegalStateException("no source"));
              });
      return failed instanceof ReadAhead ? null : failed;
    }
  }

  public static final class AsSubscriber extends FlowSubscriberBlackboxVerification<ByteBuffer>
      implements Verification {
    private final Function<Flow.Publisher<ByteBuffer>, BodyOperator> operator;

    AsSubscriber(Function<Flow.Publisher<ByteBuffer>, BodyOperator> operator) {
      super(new TestEnvironment(250, 20));
      this.operator = operator;
    }

    @Override
    public void setUp() throws Exception {
      startPublisherExecutorService();
      super.setUp();
    }

    @Override
    public void tearDown() {
      shutdownPublisherExecutorService();
    }

    @Override
    public Flow.Subscriber<ByteBuffer> createFlowSubscriber() {
      BodyOperator subscriber = operator.apply(_ -> {});
      subscriber.subscribe(new Unlimited());
      return subscriber;
    }

    @Override
    public ByteBuffer createElement(int number) {
      return piece(number);
    }
  }

  /** A source that sends what is requested at once. */
  private static final class Pieces implements Flow.Subscription {
    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private final long number;
    private long sent;
    private boolean ended;

    Pieces(Flow.Subscriber<? super ByteBuffer> subscriber, long number) {
      this.subscriber = subscriber;
      this.number = number;
    }

    @Override
    public void request(long count) {
      for (long i = 0; i < count && sent < number && !ended; i++) {
        sent++;
        subscriber.onNext(piece(sent));
      }
      if (sent == number && !ended) {
        ended = true;
        subscriber.onComplete();
      }
    }

    @Override
    public void cancel() {
      ended = true;
    }
  }

  private static final class Unlimited implements Flow.Subscriber<ByteBuffer> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer piece) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }
}
