package dev.ostiary.gateway.reply;

import dev.ostiary.http.Headers;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * In which form a client takes answers: as one JSON text, as a stream of events, or as either. By
 * the specification it takes both, and servers may refuse others with 406; not all clients say so.
 */
public enum AnswerForm {
  EITHER,
  JSON,
  EVENTS;

  private static final String USUAL = "application/json, text/event-stream";
  private static final Pattern PARAMETERS = Pattern.compile("\\s*;\\s*");
  private static final Pattern REFUSED = Pattern.compile("q=0(?:\\.0{0,3})?");

  /** By {@code Accept} (RFC 9110 §12.5.1); who accepts neither gets what there is. */
  public static AnswerForm of(Headers headers) {
    String field = String.join(",", headers.all("Accept"));
    if (field.isEmpty() || field.equals(USUAL)) {
      return EITHER;
    }
    String accepted = field.toLowerCase(Locale.ROOT);
    boolean json = accepts(accepted, "application", "json");
    boolean events = accepts(accepted, "text", "event-stream");
    if (json == events) {
      return EITHER;
    }
    return json ? JSON : EVENTS;
  }

  /** The most specific range that is about it decides. */
  private static boolean accepts(String accepted, String type, String subtype) {
    int specific = -1;
    boolean accepts = accepted.isBlank();
    for (String range : accepted.split(",")) {
      String[] parts = PARAMETERS.split(range.strip());
      int how = specificity(parts[0], type, subtype);
      if (how > specific) {
        specific = how;
        accepts = !isRefused(parts);
      }
    }
    return accepts;
  }

  private static int specificity(String range, String type, String subtype) {
    if (range.equals(type + "/" + subtype)) {
      return 2;
    }
    if (range.equals(type + "/*")) {
      return 1;
    }
    return range.equals("*/*") ? 0 : -1;
  }

  private static boolean isRefused(String... parts) {
    for (String parameter : parts) {
      if (REFUSED.matcher(parameter).matches()) {
        return true;
      }
    }
    return false;
  }
}
