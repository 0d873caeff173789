package dev.ostiary.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.Optional;

/**
 * Text in a header that repeats a part of the content: visible ASCII, spaces and tabs as they are,
 * anything else as {@code =?base64?…?=} around the base64 of its UTF-8 (Streamable HTTP 2026-07-28,
 * value encoding).
 */
public final class HeaderText {
  private static final String PREFIX = "=?base64?";
  private static final String SUFFIX = "?=";

  private HeaderText() {}

  /** The text that a field value stands for; empty if it stands for none. */
  public static Optional<String> decode(String value) {
    if (!isPlain(value)) {
      return Optional.empty();
    }
    if (value.length() < PREFIX.length() + SUFFIX.length()
        || !value.startsWith(PREFIX)
        || !value.endsWith(SUFFIX)) {
      return Optional.of(value);
    }
    return base64(value.substring(PREFIX.length(), value.length() - SUFFIX.length()));
  }

  /** A field value that stands for this text. */
  public static String encode(String text) {
    boolean asItIs =
        isPlain(text)
            && text.equals(text.strip())
            && !(text.startsWith(PREFIX) && text.endsWith(SUFFIX));
    return asItIs
        ? text
        : PREFIX + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)) + SUFFIX;
  }

  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c > '~') {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> base64(String encoded) {
    if (encoded.length() % 4 != 0) { // the decoder itself would do without padding
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(encoded);
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (IllegalArgumentException | CharacterCodingException malformed) {
      return Optional.empty();
    }
  }
}
