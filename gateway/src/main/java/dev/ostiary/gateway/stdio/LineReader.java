package dev.ostiary.gateway.stdio;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads lines of octets, none longer than a limit. A part of a line at the end is no line. */
final class LineReader implements AutoCloseable {
  /** The longest line, in octets. */
  static final int LONGEST = 16 * 1024 * 1024;

  /** What every reader may have without asking. */
  private static final int FREE = 16 * 1024;

  private final InputStream in;
  private final LineBudget budget;
  private final Pace pace;
  private final byte[] read = new byte[FREE];
  private int from;
  private int to;
  private byte[] line = new byte[FREE];
  private int length;

  LineReader(InputStream in, LineBudget budget, Pace pace) {
    this.in = in;
    this.budget = budget;
    this.pace = pace;
  }

  /** A line is too long, or there is no memory for it now. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1;

    TooLong(String why) {
      super(why);
    }
  }

  /** The next line without its line feed; null at the end. */
  byte @Nullable [] next() throws IOException {
    shrink();
    while (true) {
      for (int i = from; i < to; i++) {
        if (read[i] == '\n') {
          append(i);
          from = i + 1;
          return Arrays.copyOf(line, length);
        }
      }
      append(to);
      from = 0;
      to = in.read(read);
      if (to < 0) {
        to = 0;
        return null;
      }
      pace.octets(to);
    }
  }

  /** What has been read up to this place. */
  private void append(int end) throws TooLong {
    int more = end - from;
    if (more > LONGEST - length) {
      throw new TooLong("a line is longer than " + LONGEST / 1024 / 1024 + " MiB");
    }
    if (length + more > line.length) {
      int larger = Math.min(LONGEST, Math.max(length + more, line.length * 2));
      if (!budget.take(larger - line.length)) {
        throw new TooLong("there is no memory for a long line, because others have such lines too");
      }
      line = Arrays.copyOf(line, larger);
    }
    System.arraycopy(read, from, line, length, more);
    length += more;
  }

  private void shrink() {
    length = 0;
    if (line.length > FREE) {
      budget.give(line.length - FREE);
      line = new byte[FREE];
    }
  }

  /** Gives memory back; the stream stays open. */
  @Override
  public void close() {
    shrink();
  }
}
