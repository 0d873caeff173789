package dev.ostiary.mcp;

import java.nio.ByteBuffer;

/**
 * The octets of a byte order mark, which may stand before a stream of events and mean nothing (HTML
 * Living Standard §9.2.5). Left in, the first line would be another one to readers that do not skip
 * it.
 */
public final class ByteOrderMark {
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private int matched;

  /** Moves the position of the stream's next piece beyond what of the mark is in it. */
  public void skip(ByteBuffer piece) {
    while (matched < MARK.length && piece.hasRemaining()) {
      if (piece.get(piece.position()) != MARK[matched]) {
        matched = MARK.length;
        return;
      }
      piece.get();
      matched++;
    }
  }
}
