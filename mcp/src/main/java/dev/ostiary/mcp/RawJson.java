package dev.ostiary.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON value exactly as it was sent, byte for byte: an id that must come back as it went, or
 * arguments that have not been parsed.
 */
public final class RawJson {
  private final byte[] source;
  private final int start;
  private final int end;

  RawJson(byte[] source, int start, int end) {
    this.source = source;
    this.start = start;
    this.end = end;
  }

  /** The whole text, which must be one JSON value. */
  static RawJson of(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    return new RawJson(bytes, 0, bytes.length);
  }

  public int length() {
    return end - start;
  }

  /** The bytes; not a copy if nothing else came with them. */
  public byte[] toBytes() {
    if (length() == source.length) {
      return source;
    }
    byte[] bytes = new byte[length()];
    copyTo(bytes, 0);
    return bytes;
  }

  /** Puts it into the target from this index on; returns the index behind it. */
  int copyTo(byte[] target, int at) {
    System.arraycopy(source, start, target, at, length());
    return at + length();
  }

  /** Reads this value alone. */
  JsonParser parser(JsonFactory json) {
    return json.createParser(ObjectReadContext.empty(), source, start, length());
  }

  boolean isObject() {
    return source[start] == '{';
  }

  @Override
  public String toString() {
    return new String(source, start, length(), UTF_8);
  }
}
