package dev.ostiary.authorization.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.FakeTime;
import dev.ostiary.authorization.model.Limit;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyedRateLimiterTest {
  private final FakeTime time = new FakeTime();
  private final KeyedRateLimiter<String> buckets =
      new KeyedRateLimiter<>(new Limit(2, Duration.ofSeconds(3), 4), time, 3);

  @Test
  void allowABurstAndThenASteadyPace() {
    for (int i = 0; i < 4; i++) {
      assertThat(buckets.take("a")).isEmpty();
    }
    assertThat(buckets.take("a")).contains(new RateLimited(2));

    time.pass(Duration.ofMillis(1500));
    assertThat(buckets.take("a")).isEmpty();
    assertThat(buckets.take("a")).contains(new RateLimited(2));

    time.pass(Duration.ofMillis(600));
    assertThat(buckets.take("a")).contains(new RateLimited(1));
  }

  @Test
  void fillUpToTheBurstAndNoFurther() {
    take("a", 4);
    time.pass(Duration.ofDays(1));

    take("a", 4);

    assertThat(buckets.take("a")).isPresent();
  }

  @Test
  void fillUpAgainAfterTheClockJumpedBack() {
    time.pass(Duration.ofDays(400));
    take("a", 4);
    time.pass(Duration.ofDays(-400));
    assertThat(buckets.take("a")).contains(new RateLimited(2));

    time.pass(Duration.ofMillis(1500));

    assertThat(buckets.take("a")).isEmpty();
    assertThat(buckets.take("a")).contains(new RateLimited(2));
  }

  @Test
  void areApart() {
    take("a", 4);

    assertThat(buckets.take("a")).isPresent();
    assertThat(buckets.take("b")).isEmpty();
  }

  @Test
  void canBeLookedIntoWithoutTaking() {
    assertThat(buckets.look("a")).isEmpty();
    assertThat(buckets.size()).isZero();
    take("a", 3);

    assertThat(buckets.look("a")).isEmpty();
    assertThat(buckets.take("a")).isEmpty();
    assertThat(buckets.look("a")).contains(new RateLimited(2));
  }

  @Test
  void areNotMoreThanFitAndForgetTheKeyThatWasUnusedForLongest() {
    take("busy", 4);
    take("idle", 4);
    for (int i = 0; i < 1000; i++) {
      assertThat(buckets.take("stranger " + i)).isEmpty();
      assertThat(buckets.take("busy")).isPresent();
      assertThat(buckets.size()).isLessThanOrEqualTo(3);
    }

    assertThat(buckets.take("idle")).isEmpty();
  }

  @Test
  void giveNoMoreToManyThreadsThanToOne() throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Boolean> take = () -> buckets.take("a").isEmpty();

      long taken =
          threads
              .invokeAll(IntStream.range(0, 64).mapToObj(_ -> take).collect(Collectors.toList()))
              .stream()
              .filter(
                  future -> {
                    try {
                      return future.get();
                    } catch (InterruptedException | ExecutionException failure) {
                      throw new AssertionError(failure);
                    }
                  })
              .count();

      assertThat(taken).isEqualTo(4);
    }
  }

  @Test
  void rememberNothingWithoutALimit() {
    KeyedRateLimiter<String> unlimited = new KeyedRateLimiter<>(Limit.NONE, time, 3);

    for (int i = 0; i < 10_000; i++) {
      assertThat(unlimited.take("a")).isEmpty();
    }
    assertThat(unlimited.look("a")).isEmpty();
    assertThat(unlimited.size()).isZero();
  }

  private void take(String key, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(buckets.take(key)).isEmpty();
    }
  }
}
