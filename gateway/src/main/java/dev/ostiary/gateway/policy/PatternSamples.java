package dev.ostiary.gateway.policy;

import java.util.List;

/** What may stand for the stars of a pattern, to try whether the pattern fits anything. */
final class PatternSamples {
  /** For the first star, which may stand for the beginning of a URI too. */
  static final List<String> FIRST =
      List.of(
          "x", "", "x/", "/", "/x", "/x/", "x:x", "x://x/", "x://x/x", "://x/", "//x", "//x/",
          ":x");

  static final List<String> OTHERS = List.of("x", "", "x/", "/", "/x", "//x/");

  private PatternSamples() {}

  static String fill(String pattern, String first, String other) {
    int star = pattern.indexOf(NamePattern.ANY);
    return star < 0
        ? pattern
        : pattern.substring(0, star)
            + first
            + pattern.substring(star + 1).replace(String.valueOf(NamePattern.ANY), other);
  }
}
