package dev.ostiary.authorization.page;

import dev.ostiary.protocol.DisplayName;
import org.jspecify.annotations.Nullable;

/**
 * What a client calls itself, made fit to be shown: without characters that hide or turn text
 * around, and not longer than a name.
 */
final class ClientName {
  private static final int LONGEST = 80;

  private ClientName() {}

  /** The name to show; empty if there is none left. */
  static String shown(@Nullable String name) {
    if (name == null) {
      return "";
    }
    StringBuilder clean = new StringBuilder();
    name.codePoints()
        .filter(c -> Character.isWhitespace(c) || !isHidden(c))
        .map(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) ? ' ' : c)
        .forEach(clean::appendCodePoint);
    String shown = clean.toString().strip().replaceAll(" {2,}", " ");
    if (DisplayName.isBlank(shown)) {
      return "";
    }
    return shown.codePointCount(0, shown.length()) <= LONGEST
        ? shown
        : shown.substring(0, shown.offsetByCodePoints(0, LONGEST)) + "…";
  }

  private static boolean isHidden(int c) {
    return DisplayName.isDeceptive(c) || Character.getType(c) == Character.PRIVATE_USE;
  }
}
