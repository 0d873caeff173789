package dev.ostiary.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow;

/**
 * The content of a message: all of it at once, or pulled as the reader asks for more. A streamed
 * body is read once; cancelling its subscription stops its source.
 */
public sealed interface Body {
  /** Content that is in memory as a whole. */
  final class Whole implements Body {
    private static final Whole EMPTY = new Whole(new byte[0]);

    private final byte[] bytes;

    private Whole(byte[] bytes) {
      this.bytes = bytes;
    }

    public int length() {
      return bytes.length;
    }

    /** The bytes themselves, not a copy: they must not be written to. */
    public byte[] bytes() {
      return bytes;
    }

    public String utf8() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The length only: content may be secret. */
    @Override
    public String toString() {
      return bytes.length + " bytes";
    }
  }

  /** Content that arrives piece by piece, as events do. */
  record Streamed(Flow.Publisher<ByteBuffer> source) implements Body {
    /** Tells the source that the content will not be read. */
    public void discard() {
      source.subscribe(new Discard());
    }
  }

  static Whole empty() {
    return Whole.EMPTY;
  }

  /** Takes over the array: the caller promises not to write to it again. */
  static Whole of(byte[] bytes) {
    return bytes.length == 0 ? Whole.EMPTY : new Whole(bytes);
  }

  static Whole utf8(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }
}
