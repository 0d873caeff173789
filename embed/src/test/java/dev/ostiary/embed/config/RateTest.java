package dev.ostiary.embed.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RateTest {
  @ParameterizedTest
  @ValueSource(strings = {"300 per 1h", "300 per 1h burst 100", "1 per 30s", "off"})
  void isReadAndWritten(String text) {
    assertThat(Rate.format(Rate.parse(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "on",
        "300",
        "300/h",
        "300 per hour",
        "300 per 1h burst",
        "0 per 1h",
        "1 per 0s",
        "1 per 1h burst 0",
        "1 per 367d",
        "-1 per 1h"
      })
  void isNothingElse(String text) {
    assertThatThrownBy(() -> Rate.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must ");
  }
}
