package dev.ostiary.mcp;

import java.nio.ByteBuffer;

/**
 * Follows a stream of server-sent events as its octets go by, without keeping any (HTML Living
 * Standard §9.2.5): where an event ends, and whether events have ids, so that a client could ask
 * for the rest of a stream that broke off.
 */
public final class EventScan {
  private static final String ID = "id";

  private boolean afterReturn;
  private boolean inEvent;
  private boolean comment;
  private boolean ids;
  private int column;
  private int matched;

  /** Reads all of the piece, whose position stays where it is. */
  public void read(ByteBuffer piece) {
    ByteBuffer rest = piece.duplicate();
    boolean more = next(rest);
    while (more) {
      more = next(rest);
    }
  }

  /**
   * Reads up to the end of the next event, or all of the piece if no event ends in it; the position
   * of the piece moves along.
   *
   * @return whether an event has ended there
   */
  public boolean next(ByteBuffer piece) {
    while (piece.hasRemaining()) {
      byte octet = piece.get();
      boolean secondHalf = afterReturn && octet == '\n';
      afterReturn = octet == '\r';
      if (secondHalf) {
        continue;
      }
      if (octet == '\n' || octet == '\r') {
        if (endLine()) {
          takeSecondHalf(piece);
          return true;
        }
      } else {
        inLine(octet);
      }
    }
    return false;
  }

  /** Whether something may be put in here without harm to any event. */
  public boolean isBetweenEvents() {
    return column == 0 && !inEvent;
  }

  /** Whether an event with an id has been seen. */
  public boolean hasIds() {
    return ids;
  }

  /** What ends a line may be two octets, the second of which belongs to it too. */
  private void takeSecondHalf(ByteBuffer piece) {
    if (afterReturn && piece.hasRemaining() && piece.get(piece.position()) == '\n') {
      piece.get();
      afterReturn = false;
    }
  }

  /** An empty line ends an event, if there is one to end. */
  private boolean endLine() {
    boolean ended = column == 0 && inEvent;
    if (column == 0) {
      inEvent = false;
    } else if (!comment) {
      inEvent = true;
      ids |= matched == ID.length() && column == ID.length();
    }
    column = 0;
    matched = 0;
    return ended;
  }

  private void inLine(byte octet) {
    if (column == 0) {
      comment = octet == ':';
    }
    if (matched == column && matched < ID.length() && octet == ID.charAt(matched)) {
      matched++;
    } else if (matched == ID.length() && column == ID.length() && octet == ':') {
      ids = true;
    }
    column++;
  }
}
