package dev.ostiary.gateway.policy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Texts that name places, such as file paths and URIs. Readers decode them more or less often, and
 * some take characters for others that look alike; a text is judged only if that makes no
 * difference.
 */
final class Paths {
  /** More layers of encoding than this have no honest use. */
  private static final int LAYERS = 4;

  private static final Pattern SEPARATORS = Pattern.compile("[/\\\\?#;\0]");

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");

  private Paths() {}

  /** Whether there is a segment of dots, plainly or in any disguise. */
  static boolean leaveTheirBeginning(String path) {
    String plain = plain(path);
    if (plain == null) {
      return true;
    }
    for (String segment : SEPARATORS.split(plain)) {
      if (segment.indexOf('.') >= 0 && segment.chars().allMatch(Paths::isDotOrNothing)) {
        return true;
      }
    }
    return false;
  }

  /** A dot, or what some file systems and parsers leave out. */
  private static boolean isDotOrNothing(int c) {
    return c == '.' || Character.isWhitespace(c) || Character.isISOControl(c);
  }

  /** Whether other paths that look different may lead to the same place. */
  static boolean haveOtherSpellings(String path) {
    String plain = plain(path);
    if (plain == null || plain.chars().anyMatch(Character::isISOControl)) {
      return true;
    }
    String local = SCHEME.matcher(plain.split("[?#]", 2)[0]).replaceFirst("").replace('\\', '/');
    return local.contains("//");
  }

  /**
   * The text when it is decoded, and characters that look alike are made the same, until nothing
   * changes; null if it is encoded too often, or the encoded octets are not UTF-8.
   */
  static @Nullable String plain(String text) {
    String plain = text;
    for (int layer = 0; layer <= LAYERS; layer++) {
      String decoded = decode(plain);
      if (decoded == null) {
        return null;
      }
      String next = Normalizer.normalize(decoded, Normalizer.Form.NFKC);
      if (next.equals(plain)) {
        return plain;
      }
      plain = next;
    }
    return null;
  }

  /** Decodes percent signs before two hexadecimal digits once; null if that gives no text. */
  static @Nullable String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int end = endOfOctets(text, at);
      if (end == at) {
        decoded.append(text.charAt(at++));
      } else {
        String octets = utf8(text.substring(at, end).replace("%", ""));
        if (octets == null) {
          return null;
        }
        decoded.append(octets);
        at = end;
      }
    }
    return decoded.toString();
  }

  private static int endOfOctets(String text, int start) {
    int end = start;
    while (end + 2 < text.length()
        && text.charAt(end) == '%'
        && HexFormat.isHexDigit(text.charAt(end + 1))
        && HexFormat.isHexDigit(text.charAt(end + 2))) {
      end += 3;
    }
    return end;
  }

  private static @Nullable String utf8(String hex) {
    try {
      ByteBuffer octets = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
      return StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
    } catch (CharacterCodingException malformed) {
      return null;
    }
  }
}
