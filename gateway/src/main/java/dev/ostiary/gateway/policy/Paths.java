package dev.ostiary.gateway.policy;

import java.util.Locale;

/** Paths whose text does not say where they lead, because a segment of them goes back. */
final class Paths {
  private Paths() {}

  /** Whether there is a segment {@code .} or {@code ..}, plainly or percent-encoded. */
  static boolean leaveTheirBeginning(String path) {
    String plain =
        path.toLowerCase(Locale.ROOT)
            .replace("%25", "%")
            .replace("%2e", ".")
            .replace("%2f", "/")
            .replace("%5c", "/")
            .replace('\\', '/');
    for (String segment : plain.split("[/?#;]", -1)) {
      if (segment.equals("..") || segment.equals(".")) {
        return true;
      }
    }
    return false;
  }
}
