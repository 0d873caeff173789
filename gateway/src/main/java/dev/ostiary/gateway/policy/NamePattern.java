package dev.ostiary.gateway.policy;

/**
 * Which names a rule is for: one, or all that the text becomes when each {@code *} is replaced by
 * anything, also by nothing. Letters count as they are.
 */
record NamePattern(String text) {
  static final char ANY = '*';

  /** Stands for an expression of a URI template, which only a {@code *} can cover. */
  private static final char EXPRESSION = '\0';

  boolean isExact() {
    return text.indexOf(ANY) < 0;
  }

  /** How many letters are given: with more of them, a pattern is more specific. */
  int given() {
    return (int) text.chars().filter(c -> c != ANY).count();
  }

  boolean matches(String name) {
    return matches(text, name);
  }

  /** Whether every URI that the template can become is among these. */
  boolean covers(String uriTemplate) {
    return matches(text, replaceExpressions(uriTemplate, EXPRESSION));
  }

  /** Whether a URI that the template can become is among these. */
  boolean meets(String uriTemplate) {
    return meet(text, replaceExpressions(uriTemplate, ANY));
  }

  private static String replaceExpressions(String uriTemplate, char by) {
    return uriTemplate.replaceAll("\\{[^{}]*}", String.valueOf(by));
  }

  /** Goes back to the last star only, so the time is at most the product of the lengths. */
  private static boolean matches(String pattern, String name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int resume = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == ANY) {
        star = p++;
        resume = n;
      } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == ANY) {
      p++;
    }
    return p == pattern.length();
  }

  /** Whether two patterns have a name in common: by their beginnings, shortest first. */
  private static boolean meet(String one, String other) {
    boolean[][] meet = new boolean[one.length() + 1][other.length() + 1];
    meet[0][0] = true;
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        boolean star = i > 0 && one.charAt(i - 1) == ANY;
        boolean otherStar = j > 0 && other.charAt(j - 1) == ANY;
        if (star) {
          meet[i][j] |= meet[i - 1][j] || (j > 0 && meet[i][j - 1]);
        }
        if (otherStar) {
          meet[i][j] |= meet[i][j - 1] || (i > 0 && meet[i - 1][j]);
        }
        if (i > 0 && j > 0 && !star && !otherStar && one.charAt(i - 1) == other.charAt(j - 1)) {
          meet[i][j] |= meet[i - 1][j - 1];
        }
      }
    }
    return meet[one.length()][other.length()];
  }

  @Override
  public String toString() {
    return text;
  }
}
