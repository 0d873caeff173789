package dev.ostiary.gateway;

import dev.ostiary.gateway.observe.GatewayObserver;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;

/**
 * Leaves a server alone for a while that could not be reached, or did not answer, several times in
 * a row: its clients learn so at once instead of waiting. Then one call at a time tries again,
 * until one is answered.
 */
final class Circuit {
  private enum State {
    CLOSED,
    OPEN,
    PROBING
  }

  private final String server;
  private final int failures;
  private final Duration pause;
  private final GatewayObserver observer;
  private final Logger log;
  private volatile State state = State.CLOSED;
  private int inARow;
  private Instant until = Instant.MIN;

  /**
   * @param server its name, for the log
   * @param failures in a row that open it
   */
  Circuit(String server, int failures, Duration pause, GatewayObserver observer, Logger log) {
    this.server = server;
    this.failures = failures;
    this.pause = pause;
    this.observer = observer;
    this.log = log;
  }

  /** Whether a call may be made. Whoever makes one tells how it went. */
  boolean admits(Instant now) {
    return state == State.CLOSED || probes(now);
  }

  private synchronized boolean probes(Instant now) {
    if (state == State.OPEN && !now.isBefore(until)) {
      state = State.PROBING;
      return true;
    }
    return state == State.CLOSED;
  }

  /** The server has answered, whatever it said. */
  synchronized void answered() {
    inARow = 0;
    if (state != State.CLOSED) {
      state = State.CLOSED;
      observer.circuitClosed(server);
      log.log(Level.INFO, "server {0} answers again", server);
    }
  }

  synchronized void failed(Instant now, Throwable why) {
    inARow++;
    if (state == State.CLOSED && inARow < failures) {
      log.log(Level.DEBUG, () -> "server " + server + " did not answer: " + why);
      return;
    }
    if (state == State.CLOSED) {
      observer.circuitOpened(server);
      log.log(
          Level.WARNING,
          () -> "server " + server + " did not answer " + inARow + " times in a row: " + why);
    }
    state = State.OPEN;
    until = now.plus(pause);
  }

  /** Nobody will know: the call was given up before it was answered. */
  synchronized void undecided() {
    if (state == State.PROBING) {
      state = State.OPEN;
    }
  }
}
