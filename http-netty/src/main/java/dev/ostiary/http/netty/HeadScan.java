package dev.ostiary.http.netty;

import io.netty.util.ByteProcessor;

/**
 * Reads the octets of a request's head before they are parsed, and finds what the parser would
 * forgive and another server on the way may read differently: lines that begin with a space, lines
 * that do not end in CRLF, control characters (RFC 9112 §2.2, §5.2; RFC 9110 §5.5).
 */
final class HeadScan implements ByteProcessor {
  private enum State {
    READING,
    ENDED,
    UNLAWFUL
  }

  private State state = State.READING;
  private byte previous;
  private int lines;
  private int column;

  void restart() {
    state = State.READING;
    previous = 0;
    lines = 0;
    column = 0;
  }

  boolean unlawful() {
    return state == State.UNLAWFUL;
  }

  boolean ended() {
    return state == State.ENDED;
  }

  /** Whether anything but empty lines has been seen of this head. */
  boolean begun() {
    return lines > 0 || column > 0;
  }

  /** Goes on until the empty line that ends a head, or the first thing that must not be there. */
  @Override
  public boolean process(byte octet) {
    if (octet > ' ' && octet != 0x7f && previous != '\r') {
      column++;
      previous = octet;
      return true;
    }
    return processRare(octet);
  }

  /** What is not a visible character of ASCII inside a line. */
  private boolean processRare(byte octet) {
    if (octet == '\n') {
      endLine();
    } else if (previous == '\r') {
      state = State.UNLAWFUL;
    } else if (octet != '\r') {
      inLine(octet);
    }
    previous = octet;
    return state == State.READING;
  }

  private void endLine() {
    if (previous != '\r') {
      state = State.UNLAWFUL;
    } else if (column > 0) {
      lines++;
      column = 0;
    } else if (lines > 0) {
      state = State.ENDED;
    }
  }

  private void inLine(byte octet) {
    boolean control = (octet >= 0 && octet < ' ' && octet != '\t') || octet == 0x7f;
    boolean folded = column == 0 && (octet == ' ' || octet == '\t');
    boolean tabInRequestLine = lines == 0 && octet == '\t';
    if (control || folded || tabInRequestLine) {
      state = State.UNLAWFUL;
    }
    column++;
  }
}
