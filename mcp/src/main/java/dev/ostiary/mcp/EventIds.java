package dev.ostiary.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;

/**
 * Changes the ids of a stream of server-sent events as its octets go by (HTML Living Standard
 * §9.2.6). Of what passes only a line with an id is held until it is whole; every other octet stays
 * as it is, but for a byte order mark at the beginning.
 */
public final class EventIds {
  /** An event with a longer id has none for the reader. */
  private static final int LONGEST = 1024;

  private static final String FIELD = "id:";

  private final UnaryOperator<String> change;
  private final ByteOrderMark mark = new ByteOrderMark();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean passing;
  private boolean tooLong;

  public EventIds(UnaryOperator<String> change) {
    this.change = change;
  }

  /** What to pass on of this piece and of what was held before; takes all of the piece. */
  public byte[] change(ByteBuffer piece) {
    mark.skip(piece);
    ByteArrayOutputStream out = new ByteArrayOutputStream(piece.remaining() + 128);
    while (piece.hasRemaining()) {
      byte octet = piece.get();
      if (octet == '\n' || octet == '\r') {
        endLine(out);
        out.write(octet);
      } else if (passing) {
        out.write(octet);
      } else {
        hold(octet, out);
      }
    }
    return out.toByteArray();
  }

  private void hold(byte octet, ByteArrayOutputStream out) {
    int column = line.size();
    if (column >= FIELD.length() + LONGEST) {
      tooLong = true;
      return;
    }
    line.write(octet);
    if (column < FIELD.length() && octet != FIELD.charAt(column)) {
      passing = true;
      out.writeBytes(line.toByteArray());
      line.reset();
    }
  }

  private void endLine(ByteArrayOutputStream out) {
    if (line.size() > FIELD.length()) {
      String value = line.toString(UTF_8).substring(FIELD.length());
      String id = value.startsWith(" ") ? value.substring(1) : value;
      if (!id.isEmpty() && !tooLong) {
        out.writeBytes((FIELD + " " + change.apply(id)).getBytes(UTF_8));
      }
    } else {
      out.writeBytes(line.toByteArray());
    }
    line.reset();
    passing = false;
    tooLong = false;
  }
}
