package dev.ostiary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SizeTest {
  @ParameterizedTest
  @CsvSource({"0, 0 B", "1000, 1000 B", "2048, 2 KiB", "4194304, 4 MiB", "1025, 1025 B"})
  void sizesAreWrittenInTheLargestUnit(int bytes, String text) {
    assertThat(Size.format(bytes)).isEqualTo(text);
    assertThat(Size.parse(text)).isEqualTo(bytes);
    assertThat(Size.parse(text.replace(" ", ""))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1 GB", "-1", "4 mib", "1.5 MiB", "2048 MiB"})
  void otherSizesAreNone(String text) {
    assertThatThrownBy(() -> Size.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
