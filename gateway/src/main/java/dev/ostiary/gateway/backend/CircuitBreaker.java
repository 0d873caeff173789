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
 * Leaves a server alone for a while that could not be reached several times in a row, or that did
 * not answer calls of several users: its clients learn so at once instead of waiting. One user
 * alone may have found a call that it breaks off at. Then one call at a time tries again, soon at
 * first, until one is answered.
 */
final class CircuitBreaker {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

  private enum State {
    CLOSED,
    OPEN,
    PROBING
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
   * @param longestPause until it is tried again, however often that has failed
   */
  CircuitBreaker(
      String server, int failures, Duration longestPause, GatewayObserver observer, Logger log) {
    this.server = server;
    this.failures = failures;
    this.longestPause = longestPause;
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

  /** What a call that begins now names when it has failed. */
  int incident() {
    return incident;
  }

  /** How long it takes until the server is tried again. */
  synchronized Duration rest(Instant now) {
    return state == State.OPEN && now.isBefore(until)
        ? Duration.between(now, until)
        : Duration.ZERO;
  }

  /** The server has answered, whatever it said. */
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
   * A call was not answered. Calls that were under way together and fail together are one failure.
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

  /** Nobody will know: the call was given up before it was answered. */
  synchronized void undecided() {
    if (state == State.PROBING) {
      state = State.OPEN;
    }
  }
}
