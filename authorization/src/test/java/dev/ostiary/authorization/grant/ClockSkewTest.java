package dev.ostiary.authorization.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.SteppedTime;
import dev.ostiary.authorization.store.Store.Sharing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a clock that differs from the one that decides. */
final class ClockSkewTest {
  private final SteppedTime time = new SteppedTime();
  private Duration apart = Duration.ZERO;
  private final ClockSkew skew = ClockSkew.of(Optional.of(new Database()), time);

  @ParameterizedTest
  @CsvSource({
    "2001, the clock of this node is 2.0 s behind that of the database",
    "-3200, the clock of this node is 3.2 s ahead of that of the database"
  })
  void saysHowFarTheyAreApart(long millis, String text) {
    apart = Duration.ofMillis(millis);

    skew.compare();

    assertThat(skew.doubt()).contains(text);
  }

  @ParameterizedTest
  @CsvSource({"0", "2000", "-2000"})
  void bearsTwoSeconds(long millis) {
    apart = Duration.ofMillis(millis);

    skew.compare();

    assertThat(skew.doubt()).isEmpty();
  }

  @Test
  void isContentAgainWhenTheyAgree() {
    apart = Duration.ofMinutes(1);
    skew.compare();

    apart = Duration.ZERO;
    skew.compare();

    assertThat(skew.doubt()).isEmpty();
  }

  private final class Database implements Sharing {
    @Override
    public Instant time() {
      return time.instant().plus(apart);
    }

    @Override
    public AutoCloseable onRevocation(Runnable news) {
      return () -> {};
    }
  }
}
