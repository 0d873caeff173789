package dev.ostiary.authorization.grant;

import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.UpstreamTokenId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does every minute what no request brings about: grants expire, and codes are never redeemed,
 * without anybody saying so. The store forgets what can have no effect any more, clients that are
 * not used are forgotten, upstream tokens that no grant rests on are given back, and keys that
 * nothing needs are removed.
 */
public final class Housekeeping implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Housekeeping.class.getName());
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Store store;
  private final Consumer<UpstreamTokenId> unneeded;
  private final Consumer<Instant> keys;
  private final Duration unusedClient;
  private final InstantSource time;
  private final ClockAgreement clock;
  private volatile boolean closed;
  private boolean troubled;
  private @Nullable Future<?> working;

  Housekeeping(
      Store store,
      Consumer<UpstreamTokenId> unneeded,
      Consumer<Instant> keys,
      Duration unusedClient,
      InstantSource time) {
    this.store = store;
    this.unneeded = unneeded;
    this.keys = keys;
    this.unusedClient = unusedClient;
    this.time = time;
    this.clock = new ClockAgreement(store);
  }

  /**
   * Housekeeping of a store.
   *
   * @param unneeded removes and revokes an upstream token, if no grant has come to rest on it
   *     meanwhile
   * @param keys does so much of what the rotation of a key leaves to do
   * @param unusedClient how long a client that registered itself is kept if it is not used
   */
  public static Housekeeping of(
      Store store,
      Consumer<UpstreamTokenId> unneeded,
      Consumer<Instant> keys,
      Duration unusedClient,
      InstantSource time) {
    return new Housekeeping(store, unneeded, keys, unusedClient, time);
  }

  /** Begins, a minute from now. */
  public void start(ScheduledExecutorService scheduler) {
    boolean _ = clock.agrees(time.instant());
    working =
        scheduler.scheduleWithFixedDelay(
            this::round, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Does one round. Trouble is logged when it begins and when it is over; what could not be done is
   * done in a later round. A round gives back so many tokens at most, since each calls the
   * upstream; more follow in the next.
   */
  void round() {
    try {
      Instant now = time.instant();
      if (clock.agrees(now)) {
        forget(now);
      }
      if (troubled) {
        LOG.log(System.Logger.Level.INFO, "housekeeping works again");
      }
      troubled = false;
    } catch (RuntimeException | Error trouble) {
      if (!troubled && !closed) {
        LOG.log(
            System.Logger.Level.ERROR,
            "housekeeping failed: expired grants stay in the store, and their upstream tokens"
                + " valid, until it works again",
            trouble);
      }
      troubled = true;
    }
  }

  /** Why nothing is forgotten now, if nothing is. */
  public Optional<String> doubt() {
    return clock.doubt();
  }

  private void forget(Instant now) {
    store.purge(now);
    store.clients().forgetUnused(now.minus(unusedClient), now);
    for (UpstreamTokenId token : store.upstreamTokens().unused(now)) {
      if (closed) {
        return;
      }
      unneeded.accept(token);
    }
    keys.accept(now);
  }

  /** Begins nothing more; a call to the upstream that is under way ends by itself. */
  @Override
  public void close() {
    closed = true;
    if (working != null) {
      working.cancel(false);
    }
  }
}
