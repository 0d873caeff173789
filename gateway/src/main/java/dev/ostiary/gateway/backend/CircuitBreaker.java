package dev.ostiary.gateway.backend;

import dev.ostiary.gateway.observe.GatewayObserver;
import dev.ostiary.protocol.Subject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * The circuit breaker of one backend. Closed, it admits every call. It opens after a number of
 * failures in a row, if the backend was unreachable or the failed calls were those of two users or
 * more: a single user may have found a call that makes the backend break off. Open, it admits no
 * call until a pause has passed; the pause begins at 250 ms and doubles with each failed probe.
 * Half-open, it admits one call as a probe: an answer closes it, a failure opens it again.
 */
final class CircuitBreaker {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

  private enum State {
    CLOSED,
    OPEN,
    HALF_OPEN
  }

  private final String server;
  private final int failures;
  private final Duration longestPause;
  private final GatewayObserver observer;
  private final Logger log;
  private final Set<Subject> users = new HashSet<>();
  private volatile State state = State.CLOSED;
  private int inARow;
  private volatile int incident;
  private Duration pause = FIRST_PAUSE;
  private Instant until = Instant.MIN;

  /**
   * @param server its name, for the log
   * @param failures in a row that open it
   * @param longestPause between two probes
   */
  CircuitBreaker(
      String server, int failures, Duration longestPause, GatewayObserver observer, Logger log) {
    this.server = server;
    this.failures = failures;
    this.longestPause = longestPause;
    this.observer = observer;
    this.log = log;
  }

  /**
   * Whether a call may be made. The caller reports its result: {@link #answered}, {@link #failed}
   * or {@link #undecided}.
   */
  boolean admits(Instant now) {
    return state == State.CLOSED || probe(now);
  }

  private synchronized boolean probe(Instant now) {
    if (state == State.OPEN && !now.isBefore(until)) {
      state = State.HALF_OPEN;
      return true;
    }
    return state == State.CLOSED;
  }

  /** The number of the current incident, which a call that begins now names if it fails. */
  int incident() {
    return incident;
  }

  /** How long it stays open; zero if it does not, or a probe may be sent. */
  synchronized Duration rest(Instant now) {
    return state == State.OPEN && now.isBefore(until)
        ? Duration.between(now, until)
        : Duration.ZERO;
  }

  /** A call was answered, with any status. */
  synchronized void answered() {
    inARow = 0;
    users.clear();
    pause = FIRST_PAUSE;
    if (state != State.CLOSED) {
      state = State.CLOSED;
      observer.circuitClosed(server);
      log.log(Level.INFO, "server {0} answers again", server);
    }
  }

  /**
   * A call was not answered. Calls of the same incident count as one failure.
   *
   * @param begun the incident when it began
   * @param user whose it was
   */
  synchronized void failed(Instant now, int begun, Subject user, Throwable why) {
    if (users.size() < 2) {
      users.add(user);
    }
    if (begun != incident) {
      return;
    }
    incident++;
    if (state == State.CLOSED) {
      inARow++;
      if (inARow < failures || (users.size() < 2 && !isUnreachable(why))) {
        log.log(
            why instanceof SSLException ? Level.WARNING : Level.DEBUG, // that will not pass
            () -> "server " + server + " did not answer: " + why);
        return;
      }
      observer.circuitOpened(server);
      log.log(
          Level.WARNING,
          () -> "server " + server + " did not answer " + inARow + " times in a row: " + why);
    }
    state = State.OPEN;
    until = now.plus(pause);
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
  }

  private static boolean isUnreachable(Throwable why) {
    return why instanceof ConnectException || why instanceof HttpConnectTimeoutException;
  }

  /** A call was cancelled before it was answered: its probe may be repeated. */
  synchronized void undecided() {
    if (state == State.HALF_OPEN) {
      state = State.OPEN;
    }
  }
}
