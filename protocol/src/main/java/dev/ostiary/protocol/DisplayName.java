package dev.ostiary.protocol;

/** Texts from unverified sources that are shown to people. */
public final class DisplayName {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private DisplayName() {}

  /**
   * Whether a character could make a text look like another one: controls and direction marks. The
   * joiners are not among them: Persian, Hindi and emoji are written with them.
   */
  public static boolean isDeceptive(int character) {
    return switch (Character.getType(character)) {
      case Character.FORMAT -> character != ZERO_WIDTH_NON_JOINER && character != ZERO_WIDTH_JOINER;
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  /** Whether nothing of a text can be seen. */
  public static boolean isBlank(String text) {
    return text.codePoints()
        .allMatch(
            character ->
                Character.isWhitespace(character)
                    || Character.isSpaceChar(character)
                    || Character.getType(character) == Character.FORMAT);
  }
}
