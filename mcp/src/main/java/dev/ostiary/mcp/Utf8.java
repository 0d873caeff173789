package dev.ostiary.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** The encoding of JSON between systems: UTF-8 without a byte order mark (RFC 8259 §8.1). */
final class Utf8 {
  private Utf8() {}

  /** Whether these octets can be JSON, for every reader the same. */
  static boolean isJson(byte[] octets) {
    return beginsAsUtf8(octets) && isUtf8(octets);
  }

  /** Any JSON text begins with two ASCII characters, or one; in UTF-16 or UTF-32 one is zero. */
  private static boolean beginsAsUtf8(byte[] octets) {
    return octets.length > 0 && octets[0] > 0 && (octets.length == 1 || octets[1] != 0);
  }

  /** The parser does not look closely at what it skips, nor at names that it has seen before. */
  private static boolean isUtf8(byte[] octets) {
    for (int i = 0; i < octets.length; i++) {
      if (octets[i] < 0) {
        return isDecodable(ByteBuffer.wrap(octets, i, octets.length - i));
      }
    }
    return true;
  }

  private static boolean isDecodable(ByteBuffer octets) {
    try {
      UTF_8.newDecoder().decode(octets);
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }
}
