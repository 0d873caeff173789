package dev.ostiary.simulator.http;

/** A query, form or path whose percent-encoding is broken. Answered with 400. */
public final class MalformedEscape extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedEscape(IllegalArgumentException cause) {
    super("broken percent-encoding", cause);
  }
}
