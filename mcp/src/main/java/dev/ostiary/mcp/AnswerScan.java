package dev.ostiary.mcp;

import java.nio.ByteBuffer;

/**
 * Follows a stream of server-sent events as its octets go by, without keeping any, and tells
 * whether one of them was a response: whether the object in its data has a member {@code result} or
 * {@code error}.
 */
public final class AnswerScan {
  private static final String DATA = "data:";
  private static final String RESULT = "result";
  private static final String ERROR = "error";

  private final ByteOrderMark mark = new ByteOrderMark();
  private final StringBuilder name = new StringBuilder();
  private boolean answered;
  private boolean found;
  private boolean afterReturn;
  private boolean data;
  private int column;

  private int depth;
  private boolean inString;
  private boolean escaped;
  private boolean nameNext;

  /** Reads all of the piece, whose position stays where it is. */
  public void read(ByteBuffer piece) {
    if (answered) {
      return;
    }
    ByteBuffer rest = piece.duplicate();
    mark.skip(rest);
    while (rest.hasRemaining()) {
      octet(rest.get());
    }
  }

  /** Whether an event that has ended was a response. */
  public boolean isAnswered() {
    return answered;
  }

  private void octet(byte octet) {
    boolean secondHalf = afterReturn && octet == '\n';
    afterReturn = octet == '\r';
    if (secondHalf) {
      return;
    }
    if (octet == '\n' || octet == '\r') {
      endLine();
      return;
    }
    if (column < DATA.length()) {
      data = (column == 0 || data) && octet == DATA.charAt(column);
    } else if (data) {
      json(octet);
    }
    column++;
  }

  private void endLine() {
    if (column == 0) {
      answered |= found;
      found = false;
      depth = 0;
      inString = false;
      nameNext = false;
    }
    column = 0;
    data = false;
  }

  private void json(byte octet) {
    if (inString) {
      string(octet);
      return;
    }
    switch (octet) {
      case '"' -> {
        inString = true;
        name.setLength(0);
      }
      case '{', '[' -> {
        depth++;
        nameNext = octet == '{' && depth == 1;
      }
      case '}', ']' -> depth--;
      case ',' -> nameNext = depth == 1;
      case ':' -> nameNext = false;
      default -> {}
    }
  }

  private void string(byte octet) {
    if (escaped) {
      escaped = false;
    } else if (octet == '\\') {
      escaped = true;
    } else if (octet == '"') {
      inString = false;
      found |= nameNext && (RESULT.contentEquals(name) || ERROR.contentEquals(name));
    }
    if (inString && nameNext && name.length() <= RESULT.length()) {
      name.append((char) (octet & 0xff));
    }
  }
}
