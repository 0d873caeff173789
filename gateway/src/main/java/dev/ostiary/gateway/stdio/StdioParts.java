package dev.ostiary.gateway.stdio;

import dev.ostiary.gateway.observe.GatewayObserver;
import dev.ostiary.gateway.stream.Ticker;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the channels to one server share.
 *
 * @param open those whose children have not ended yet
 * @param hurried whether Ostiary is stopping
 */
record StdioParts(
    StdioSettings settings,
    ChildEnvironment environment,
    Room room,
    BackOff backOff,
    Set<StdioChannel> open,
    AtomicBoolean hurried,
    StdioShared shared) {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration HURRIED = Duration.ofMillis(700);

  ProcessHost host() {
    return shared.host();
  }

  Homes homes() {
    return shared.homes();
  }

  LineBudget budget() {
    return shared.budget();
  }

  Ticker ticker() {
    return shared.ticker();
  }

  GatewayObserver observer() {
    return shared.observer();
  }

  Logger log() {
    return shared.log();
  }

  void later(Runnable work) {
    shared.later(work);
  }

  /** How long a child may take to end, each time that it is told. */
  Duration patience() {
    return hurried.get() ? HURRIED : PATIENCE;
  }

  /** Its child has ended, or there was none. */
  void gone(StdioChannel channel) {
    synchronized (open) {
      open.remove(channel);
      open.notifyAll();
    }
  }
}
