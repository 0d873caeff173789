package dev.ostiary.authorization.client.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Headers;
import dev.ostiary.requirements.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {
  @ParameterizedTest
  @Requirement("A-43")
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=3600 | 3600",
        "public, Max-Age=3600, immutable | 3600",
        "max-age=\"3600\" | 3600",
        "max-age=60, s-maxage=7200 | 7200",
        "max-age=0 | 60",
        "max-age=59 | 60",
        "max-age=31536000 | 86400",
        "no-store | 60",
        "no-cache, max-age=3600 | 60",
        "private | 600",
        "max-age=soon | 600",
        "max-age=99999999999999999999 | 600"
      })
  void isWhatTheHostSaysWithinAMinuteAndADay(String cacheControl, long seconds) {
    assertThat(Freshness.of(Headers.of("Cache-Control", cacheControl)))
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void isTenMinutesUnlessTheHostSays() {
    assertThat(Freshness.of(Headers.none())).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void countsFromWhenTheHostMadeTheAnswer() {
    assertThat(Freshness.of(Headers.of("Cache-Control", "max-age=3600", "Age", "600")))
        .isEqualTo(Duration.ofMinutes(50));
    assertThat(Freshness.of(Headers.of("Cache-Control", "max-age=3600", "Age", "9999")))
        .isEqualTo(Freshness.FLOOR);
  }

  @Test
  void readsDatesToo() {
    assertThat(
            Freshness.of(
                Headers.of(
                    "Date",
                    "Sat, 21 Nov 2026 12:00:00 GMT",
                    "Expires",
                    "Sat, 21 Nov 2026 13:00:00 GMT")))
        .isEqualTo(Duration.ofHours(1));
    assertThat(Freshness.of(Headers.of("Expires", "0"))).isEqualTo(Freshness.FLOOR);
  }
}
