package dev.ostiary.authorization.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.SteppedTime;
import dev.ostiary.authorization.store.RevocationFeed;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.protocol.GrantId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RevocationWatchTest {
  private final FakeFeed feed = new FakeFeed();
  private final SteppedTime time = new SteppedTime();
  private final BlockingQueue<GrantId> told = new LinkedBlockingQueue<>();

  @Test
  void tellsOfWhatEndsFromNowOn() {
    feed.end("before");
    var watch = new RevocationWatch(feed, List.of(told::add), time);
    feed.end("g1");
    feed.end("g2");

    watch.look();
    watch.look();

    assertThat(told).containsExactly(new GrantId("g1"), new GrantId("g2"));
    assertThat(watch.epoch()).isEqualTo(3);
  }

  @Test
  void isFreshForFiveSecondsAfterItsLastLook() {
    var watch = new RevocationWatch(feed, List.of(told::add), time);
    assertThat(watch.isFresh()).isTrue();
    time.pass(Duration.ofMillis(4999));
    assertThat(watch.isFresh()).isTrue();
    time.pass(Duration.ofMillis(1));
    assertThat(watch.isFresh()).isFalse();

    watch.look();

    assertThat(watch.isFresh()).isTrue();
  }

  @Test
  void growsStaleWhenTheFeedFailsAndCatchesUpAfterwards() {
    var watch = new RevocationWatch(feed, List.of(told::add), time);
    feed.broken = true;
    feed.end("g1");
    time.pass(Duration.ofSeconds(6));
    watch.look();
    assertThat(watch.isFresh()).isFalse();
    assertThat(told).isEmpty();

    feed.broken = false;
    watch.look();

    assertThat(watch.isFresh()).isTrue();
    assertThat(told).containsExactly(new GrantId("g1"));
  }

  @Test
  void looksByItselfUntilItIsClosed() throws InterruptedException {
    try (var _ = RevocationWatch.start(feed, List.of(told::add), time)) {
      feed.end("g1");

      assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(new GrantId("g1"));
    }
  }

  private static final class FakeFeed implements RevocationFeed {
    private final List<Ended> entries = new CopyOnWriteArrayList<>();
    private volatile boolean broken;

    void end(String grant) {
      entries.add(new Ended(entries.size() + 1L, new GrantId(grant)));
    }

    @Override
    public long epoch() {
      return entries.size();
    }

    @Override
    public List<Ended> since(long epoch) {
      if (broken) {
        throw new StoreUnavailable("broken", new IOException("broken"));
      }
      return entries.stream().filter(entry -> entry.epoch() > epoch).toList();
    }
  }
}
