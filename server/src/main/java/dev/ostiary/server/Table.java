package dev.ostiary.server;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rows with aligned columns. They are held back a hundred at a time, so that a list of any length
 * can be shown; a column may grow on the way. Foreign text is shown without what could do something
 * to a terminal.
 */
final class Table {
  private static final int HELD = 100;
  private static final int WIDEST = 60;
  private static final String GAP = "  ";

  private final PrintStream out;
  private final int[] widths;
  private final List<String[]> held = new ArrayList<>();

  Table(PrintStream out, String... headings) {
    this.out = out;
    this.widths = new int[headings.length];
    held.add(headings);
  }

  void row(String... cells) {
    held.add(Stream.of(cells).map(Table::clean).toArray(String[]::new));
    if (held.size() >= HELD) {
      flush();
    }
  }

  /** Shows what is held back. */
  void flush() {
    for (String[] row : held) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], Math.min(WIDEST, length(row[i])));
      }
    }
    held.forEach(this::print);
    held.clear();
    out.flush();
  }

  private void print(String[] row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      line.append(row[i]).repeat(" ", Math.max(0, widths[i] - length(row[i]))).append(GAP);
    }
    out.println(line.toString().stripTrailing());
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  private static String clean(String cell) {
    return cell.isEmpty()
        ? "-"
        : cell.codePoints()
            .map(each -> isVisible(each) ? each : '?')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  private static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
