package dev.ostiary.simulator.http;

import java.util.List;
import java.util.stream.Collectors;

/** Markup. Text becomes markup only by being escaped. */
public record Html(String markup) {
  public static final Html NOTHING = new Html("");

  /** A template whose {@code {}} are filled in turn: markup as it is, everything else escaped. */
  public static Html of(String template, Object... values) {
    StringBuilder filled = new StringBuilder();
    int from = 0;
    for (Object value : values) {
      int hole = template.indexOf("{}", from);
      filled.append(template, from, hole);
      filled.append(value instanceof Html html ? html.markup : escape(value.toString()));
      from = hole + 2;
    }
    return new Html(filled.append(template, from, template.length()).toString());
  }

  public static Html join(List<Html> parts) {
    return new Html(parts.stream().map(Html::markup).collect(Collectors.joining("\n")));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
