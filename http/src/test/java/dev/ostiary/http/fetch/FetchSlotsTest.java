package dev.ostiary.http.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A fetch that gets no turn while it has time is {@link FetchRefusal.Busy}. */
class FetchSlotsTest {
  private static final TimeLeft NONE = new TimeLeft(Duration.ZERO);

  private final FetchSlots turns = new FetchSlots(2, 1);

  @Test
  void letOnlySoManyOfOneHostRunAtOnce() throws InterruptedException {
    assertThat(turns.take("a.example", NONE)).isTrue();
    assertThat(turns.take("a.example", NONE)).isFalse();

    turns.end("a.example");

    assertThat(turns.take("a.example", NONE)).isTrue();
  }

  @Test
  void letOnlySoManyRunAtOnce() throws InterruptedException {
    assertThat(turns.take("a.example", NONE)).isTrue();
    assertThat(turns.take("b.example", NONE)).isTrue();
    assertThat(turns.take("c.example", NONE)).isFalse();

    turns.end("a.example");

    assertThat(turns.take("c.example", NONE)).isTrue();
  }
}
