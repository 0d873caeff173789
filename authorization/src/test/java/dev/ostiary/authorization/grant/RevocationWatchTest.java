package dev.ostiary.authorization.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.SteppedTime;
import dev.ostiary.authorization.store.Revocation;
import dev.ostiary.authorization.store.RevocationFeed;
import dev.ostiary.authorization.store.Store.Sharing;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.protocol.GrantId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RevocationWatchTest {
  private final FakeFeed feed = new FakeFeed();
  private final SteppedTime time = new SteppedTime();
  private final RecordingListener told = new RecordingListener();
  private final FakeSharing shared = new FakeSharing();

  @Test
  void tellsOfWhatEndsFromNowOn() {
    feed.end("before");
    var watch = new RevocationWatch(feed, shared, List.of(told), time);
    feed.end("g1");
    feed.end("g2");

    watch.look();
    watch.look();

    assertThat(told.ended).containsExactly(new GrantId("g1"), new GrantId("g2"));
    assertThat(watch.epoch()).isEqualTo(3);
  }

  @Test
  void tellsOfRevokedTokensToo() {
    var watch = new RevocationWatch(feed, shared, List.of(told), time);
    feed.end("g1");
    feed.revoke("t1", time.instant().plusSeconds(60), time.instant());

    watch.look();

    assertThat(told.ended).containsExactly(new GrantId("g1"));
    assertThat(told.revoked).containsExactly("t1");
  }

  @Test
  void isFreshForFiveSecondsAfterItsLastLook() {
    var watch = new RevocationWatch(feed, shared, List.of(told), time);
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
    var watch = new RevocationWatch(feed, shared, List.of(told), time);
    feed.broken = true;
    feed.end("g1");
    time.pass(Duration.ofSeconds(6));
    watch.look();
    assertThat(watch.isFresh()).isFalse();
    assertThat(told.ended).isEmpty();

    feed.broken = false;
    watch.look();

    assertThat(watch.isFresh()).isTrue();
    assertThat(told.ended).containsExactly(new GrantId("g1"));
  }

  @Test
  void looksByItselfUntilItIsClosed() throws InterruptedException {
    try (var scheduler = Executors.newSingleThreadScheduledExecutor();
        var watch = new RevocationWatch(feed, shared, List.of(told), time)) {
      watch.start(scheduler);
      feed.end("g1");

      assertThat(told.ended.poll(10, TimeUnit.SECONDS)).isEqualTo(new GrantId("g1"));
    }
  }

  @Test
  void looksAtOnceWhenTheStoreTellsOfNews() throws Exception {
    try (var scheduler = new ScheduledThreadPoolExecutor(1);
        var watch = new RevocationWatch(feed, shared, List.of(told), time)) {
      watch.start(scheduler);
      scheduler.getQueue().clear();
      feed.end("g1");

      shared.news.run();

      assertThat(told.ended.poll(10, TimeUnit.SECONDS)).isEqualTo(new GrantId("g1"));
    }
    assertThat(shared.listening).isFalse();
  }

  @Test
  void doesNotLookIfThereIsNoOtherNode() {
    try (var scheduler = new ScheduledThreadPoolExecutor(1);
        var watch = new RevocationWatch(feed, null, List.of(told), time)) {
      watch.start(scheduler);

      assertThat(scheduler.getQueue()).isEmpty();
      time.pass(Duration.ofDays(1));
      assertThat(watch.isFresh()).isTrue();
    }
  }

  private final class FakeSharing implements Sharing {
    private Runnable news = () -> {};
    private boolean listening;

    @Override
    public Instant time() {
      return time.instant();
    }

    @Override
    public AutoCloseable onRevocation(Runnable told) {
      news = told;
      listening = true;
      return () -> listening = false;
    }
  }

  private static final class FakeFeed implements RevocationFeed {
    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    private volatile boolean broken;

    void end(String grant) {
      add(new Revocation.EndedGrant(new GrantId(grant)));
    }

    private boolean add(Revocation revocation) {
      return entries.add(new Entry(entries.size() + 1L, revocation));
    }

    @Override
    public boolean revoke(String jti, Instant expiresAt, Instant now) {
      return add(new Revocation.RevokedToken(jti, expiresAt));
    }

    @Override
    public long epoch() {
      return entries.size();
    }

    @Override
    public List<Entry> since(long epoch) {
      if (broken) {
        throw new StoreUnavailable("broken", new IOException("broken"));
      }
      return entries.stream().filter(entry -> entry.epoch() > epoch).toList();
    }
  }
}
