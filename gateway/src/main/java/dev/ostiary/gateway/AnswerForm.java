package dev.ostiary.gateway;

import dev.ostiary.http.Headers;
import java.util.Locale;

/**
 * In which form a client takes answers: as one JSON text, as a stream of events, or as either. By
 * the specification it takes both, and servers may refuse others with 406; not all clients say so.
 */
enum AnswerForm {
  EITHER,
  JSON,
  EVENTS;

  /** By {@code Accept} (RFC 9110 §12.5.1); who accepts neither gets what there is. */
  static AnswerForm of(Headers headers) {
    String accepted = String.join(",", headers.all("Accept")).toLowerCase(Locale.ROOT);
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
      String[] parts = range.strip().split("\\s*;\\s*");
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
      if (parameter.matches("q=0(?:\\.0{0,3})?")) {
        return true;
      }
    }
    return false;
  }
}
