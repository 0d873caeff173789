package dev.ostiary.embed.config;

import dev.ostiary.embed.config.credential.Credential;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/**
 * An MCP server that is reached over HTTP.
 *
 * @param uri where messages are sent
 * @param transport how messages are carried
 * @param credential what the server is shown
 * @param authorities whose certificates count for it, beside those that the platform trusts
 * @param bodyLimit the largest message of a client, in bytes
 * @param sessionLifetime of a session of a revision before 2026-07-28
 */
public record HttpServer(
    URI uri,
    Transport transport,
    Credential credential,
    List<X509Certificate> authorities,
    int bodyLimit,
    Duration sessionLifetime,
    Timeouts patience,
    ConcurrencyLimits room,
    CircuitBreakerSettings trouble)
    implements ServerTarget {
  static final int USUAL_BODY_LIMIT = 4 * 1024 * 1024;
  static final Duration USUAL_SESSION = Duration.ofDays(1);

  public HttpServer {
    authorities = List.copyOf(authorities);
  }

  /** A transport of MCP over HTTP. */
  public enum Transport {
    /** That of every revision since 2025-03-26. */
    STREAMABLE_HTTP,
    /** HTTP with SSE, that of 2024-11-05. */
    SSE
  }

  /** The defaults. */
  public static HttpServer at(URI uri) {
    return new HttpServer(
        uri,
        Transport.STREAMABLE_HTTP,
        new Credential.None(),
        List.of(),
        USUAL_BODY_LIMIT,
        USUAL_SESSION,
        Timeouts.DEFAULTS,
        ConcurrencyLimits.DEFAULTS,
        CircuitBreakerSettings.DEFAULTS);
  }

  /** The same server, which is shown something else. */
  public HttpServer credential(Credential other) {
    return new HttpServer(
        uri, transport, other, authorities, bodyLimit, sessionLifetime, patience, room, trouble);
  }

  /**
   * How long it may take.
   *
   * @param connect until a connection is there
   * @param answer until an answer begins, and between its parts unless it is a stream of events
   * @param idle how long a stream of events may be silent
   * @param keepAlive after so much silence of a stream its client gets a comment
   * @param connectionIdle how long a connection waits for its next call
   */
  public record Timeouts(
      Duration connect,
      Duration answer,
      Duration idle,
      Duration keepAlive,
      Duration connectionIdle) {
    public static final Timeouts DEFAULTS =
        new Timeouts(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofHours(1),
            Duration.ofSeconds(25),
            Duration.ofSeconds(30));
  }

  /**
   * How much may go on at the same time.
   *
   * @param calls that wait for an answer
   * @param waiting calls that wait for their turn beyond these
   * @param streams of events
   */
  public record ConcurrencyLimits(int calls, int waiting, int streams) {
    public static final ConcurrencyLimits DEFAULTS = new ConcurrencyLimits(256, 512, 16_384);
  }

  /**
   * When the circuit breaker opens.
   *
   * @param failures in a row
   * @param pause how long
   */
  public record CircuitBreakerSettings(int failures, Duration pause) {
    public static final CircuitBreakerSettings DEFAULTS =
        new CircuitBreakerSettings(5, Duration.ofSeconds(10));
  }
}
