package dev.ostiary.http;

/**
 * Foreign text, as a report or a log may show it: characters that act on a terminal or turn the
 * direction of a text are written as their number, and nothing is longer than a reader wants.
 */
public final class PlainText {
  /** As much as one line of a report needs. */
  private static final int LONGEST_LINE = 1000;

  private PlainText() {}

  /** In one line. */
  public static String line(String text) {
    String plain = shown(text, false);
    return plain.length() <= LONGEST_LINE
        ? plain
        : plain.substring(0, LONGEST_LINE)
            + "… and "
            + (plain.length() - LONGEST_LINE)
            + " characters more";
  }

  /** In one line, however long. */
  public static String whole(String text) {
    return shown(text, false);
  }

  /** In the lines that it has. */
  public static String lines(String text) {
    return shown(text.replace("\r\n", "\n"), true);
  }

  private static String shown(String text, boolean lines) {
    if (text.codePoints().allMatch(point -> isShown(point))) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (isShown(point) || (lines && (point == '\n' || point == '\t'))) {
                plain.appendCodePoint(point);
              } else {
                plain.append("\\u{").append(Integer.toHexString(point)).append('}');
              }
            });
    return plain.toString();
  }

  private static boolean isShown(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
