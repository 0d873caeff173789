package dev.ostiary.http.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.http.fetch.CachedFetch.Failure;
import dev.ostiary.http.fetch.CachedFetch.Outcome;
import dev.ostiary.http.fetch.CachedFetch.Times;
import dev.ostiary.http.fetch.CachedFetch.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CachedFetchTest {
  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Duration STALE = Duration.ofHours(1);

  private final Deque<Supplier<Outcome<String, String>>> answers = new ArrayDeque<>();
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private int fetches;
  private final CachedFetch<String, String> cached =
      new CachedFetch<>(this::fetch, new Times(Duration.ZERO, PAUSE, PAUSE, STALE), () -> now);

  private Outcome<String, String> fetch() {
    fetches++;
    return answers.removeFirst().get();
  }

  private void will(Supplier<Outcome<String, String>> answer) {
    answers.add(answer);
  }

  private static Outcome<String, String> value(String value) {
    return new Value<>(value, FRESH);
  }

  private static Outcome<String, String> failure(String reason) {
    return new Failure<>(reason);
  }

  @Test
  void fetchesOnceForManyWhoAskAtTheSameTime() throws Exception {
    CountDownLatch asked = new CountDownLatch(8);
    will(
        () -> {
          try {
            asked.await();
          } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
          }
          return value("one");
        });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Outcome<String, String>> ask =
          () -> {
            asked.countDown();
            return cached.current();
          };
      assertThat(threads.invokeAll(Collections.nCopies(8, ask)).stream().map(Future::resultNow))
          .containsOnly(value("one"));
    }
    assertThat(fetches).isEqualTo(1);
  }

  /** A key may have been changed right after the keys were read. */
  @Test
  void looksForANewerOneAtOnceAndThenAfterAPause() {
    will(() -> value("one"));
    will(() -> value("two"));
    will(() -> value("three"));
    cached.current();

    assertThat(cached.newerThan("one")).isEqualTo(value("two"));
    assertThat(cached.newerThan("one")).isEqualTo(value("two"));
    assertThat(cached.newerThan("two")).isEqualTo(value("two"));
    assertThat(fetches).isEqualTo(2);
    now = now.plus(PAUSE);
    assertThat(cached.newerThan("two")).isEqualTo(value("three"));
  }

  @Test
  void keepsTheLastOneWhileThereIsNoOther() {
    will(() -> value("one"));
    cached.current();
    now = now.plus(FRESH);
    will(() -> failure("down"));

    assertThat(cached.current()).isEqualTo(value("one"));
    assertThat(cached.newerThan("one")).isEqualTo(failure("down"));
    assertThat(cached.untilNext()).isEqualTo(PAUSE);
    now = now.plus(STALE);
    will(() -> failure("gone"));
    assertThat(cached.current()).isEqualTo(failure("gone"));
    assertThat(fetches).isEqualTo(3);
  }

  @Test
  void goesOnAfterAFetchThatBrokeOff() {
    will(
        () -> {
          throw new IllegalStateException("broken");
        });

    assertThatThrownBy(cached::current).hasMessage("broken");
    will(() -> value("one"));
    assertThat(cached.current()).isEqualTo(value("one"));
  }
}
