package dev.ostiary.protocol;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A name or value as forms encode it (RFC 6749 appendix B). The platform's decoder also takes signs
 * and the digits of other scripts after a percent sign, which no other server would read the same.
 */
final class FormText {
  private static final Pattern LOOSE_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final int REPLACEMENT = 0xfffd;

  private FormText() {}

  /** The text; none if it is misshapen, or was not written in UTF-8. */
  static Optional<String> decode(String encoded) {
    if (LOOSE_PERCENT.matcher(encoded).find()) {
      return Optional.empty();
    }
    return Optional.of(URLDecoder.decode(encoded, StandardCharsets.UTF_8))
        .filter(FormText::isUnicode);
  }

  /** Whether two texts of this kind that differ also differ in UTF-8. */
  static boolean isUnicode(String text) {
    return text.codePoints().noneMatch(c -> c == REPLACEMENT || isSurrogate(c));
  }

  private static boolean isSurrogate(int character) {
    return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
  }
}
