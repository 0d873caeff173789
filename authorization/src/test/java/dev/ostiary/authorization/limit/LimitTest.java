package dev.ostiary.authorization.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.FakeTime;
import dev.ostiary.authorization.model.Limit;
import dev.ostiary.authorization.model.Limits;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LimitTest {
  static Stream<Limit> defaults() {
    Limits limits = Limits.DEFAULTS;
    return Stream.of(
        limits.registration(),
        limits.authorization(),
        limits.token(),
        limits.refusal(),
        limits.failedSecretsOfAddress(),
        limits.failedSecretsOfClient());
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void letsABurstThroughByDefaultAndNotEverything(Limit limit) {
    KeyedRateLimiter<String> buckets = new KeyedRateLimiter<>(limit, new FakeTime());
    for (int i = 0; i < limit.burst(); i++) {
      assertThat(buckets.take("a")).isEmpty();
    }

    assertThat(buckets.take("a")).isPresent();
  }

  @Test
  void lets64ParallelRefreshesThroughByDefault() {
    assertThat(Limits.DEFAULTS.token().burst()).isGreaterThan(2 * 64);
  }

  @ParameterizedTest
  @CsvSource({
    "0, PT1S, 1",
    "1, PT1S, 0",
    "-1, PT1S, 1",
    "1, PT0S, 1",
    "1, PT-1S, 1",
    "1, P367D, 1"
  })
  void isMoreThanNothing(int requests, Duration per, int burst) {
    assertThatThrownBy(() -> new Limit(requests, per, burst))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
