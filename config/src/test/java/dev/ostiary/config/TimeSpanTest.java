package dev.ostiary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeSpanTest {
  @ParameterizedTest
  @CsvSource({"0s, 0s", "90s, 90s", "120s, 2m", "90m, 90m", "60m, 1h", "36h, 36h", "48h, 2d"})
  void isWrittenInTheLargestUnitThatItIsAWholeNumberOf(String written, String shortest) {
    assertThat(TimeSpan.format(TimeSpan.parse(written))).isEqualTo(shortest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "5", "m", "-1m", "1.5h", "1 h", "1w", "PT1H", "1h30m", "12345678901s"})
  void isNothingElse(String text) {
    assertThatThrownBy(() -> TimeSpan.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must be a number with s, m, h or d");
  }
}
