package dev.ostiary.authorization.grant;

import dev.ostiary.authorization.store.Revocation;
import dev.ostiary.authorization.store.RevocationFeed;
import dev.ostiary.authorization.store.RevocationFeed.Entry;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.Store.Sharing;
import dev.ostiary.protocol.GrantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches the revocation feed of a store that several nodes share, so that this node drops what it
 * keeps of grants that ended and of tokens that were revoked on any other. It looks four times a
 * second, and at once when the store tells of news; when it has not been able to for five seconds,
 * what is kept here must not be trusted. The only node of a store learns of nothing by it, and does
 * not look.
 */
public final class RevocationWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RevocationWatch.class.getName());
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final RevocationFeed feed;
  private final @Nullable Sharing sharing;
  private final List<RevocationListener> listeners;
  private final InstantSource time;
  private volatile long epoch;
  private volatile Instant lookedAt;
  private boolean troubled;
  private @Nullable Future<?> looking;
  private @Nullable AutoCloseable news;

  RevocationWatch(
      RevocationFeed feed,
      @Nullable Sharing sharing,
      List<RevocationListener> listeners,
      InstantSource time) {
    this.feed = feed;
    this.sharing = sharing;
    this.listeners = List.copyOf(listeners);
    this.time = time;
    this.lookedAt = time.instant();
    this.epoch = feed.epoch();
  }

  /** A watch over what is revoked from now on. Blocks until the feed has answered once. */
  public static RevocationWatch of(
      Store store, List<RevocationListener> listeners, InstantSource time) {
    return new RevocationWatch(store.revocations(), store.sharing().orElse(null), listeners, time);
  }

  /** Begins to watch, if there may be other nodes. */
  public void start(ScheduledExecutorService scheduler) {
    if (sharing == null) {
      return;
    }
    looking =
        scheduler.scheduleWithFixedDelay(
            this::look, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    news = sharing.onRevocation(() -> lookSoon(scheduler));
  }

  private void lookSoon(ScheduledExecutorService scheduler) {
    try {
      scheduler.execute(this::look);
    } catch (RejectedExecutionException closing) {
      LOG.log(System.Logger.Level.DEBUG, "not looked at once: closing");
    }
  }

  /** Whether the listeners know of everything that was revoked more than five seconds ago. */
  public boolean isFresh() {
    return sharing == null || Duration.between(lookedAt, time.instant()).abs().compareTo(FRESH) < 0;
  }

  /** How far into the feed the listeners have been told. */
  public long epoch() {
    return epoch;
  }

  /** Looks once. Trouble is logged when it begins and when it is over. */
  synchronized void look() {
    Instant now = time.instant();
    try {
      for (Entry entry : feed.since(epoch)) {
        tell(entry.revocation());
        epoch = entry.epoch();
      }
      lookedAt = now;
      if (troubled) {
        LOG.log(System.Logger.Level.INFO, "the revocation feed can be read again");
      }
      troubled = false;
    } catch (RuntimeException | Error trouble) {
      if (!troubled) {
        LOG.log(System.Logger.Level.ERROR, "the revocation feed cannot be read", trouble);
      }
      troubled = true;
    }
  }

  private void tell(Revocation revocation) {
    switch (revocation) {
      case Revocation.EndedGrant(GrantId grant) ->
          listeners.forEach(listener -> listener.ended(grant));
      case Revocation.RevokedToken(String jti, Instant _) ->
          listeners.forEach(listener -> listener.revoked(jti));
    }
  }

  @Override
  public void close() {
    if (looking != null) {
      looking.cancel(false);
    }
    if (news != null) {
      try {
        news.close();
      } catch (Exception failure) {
        LOG.log(System.Logger.Level.DEBUG, "the store was not told that the watch ends", failure);
      }
    }
  }
}
