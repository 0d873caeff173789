package dev.ostiary.http.netty;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Path and query of a request target, as they were sent (RFC 9112 §3.2).
 *
 * @param query without its question mark; empty when there is none
 */
record Target(String path, String query) {
  /** Reads origin-form, and absolute-form that agrees with Host; null for anything else. */
  static @Nullable Target of(String target, String host) {
    if (target.isEmpty() || !target.chars().allMatch(Target::isTargetOctet)) {
      return null;
    }
    if (target.startsWith("/")) {
      return split(target);
    }
    String lower = target.toLowerCase(Locale.ROOT);
    int start = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : -1;
    if (start < 0) {
      return null;
    }
    int end = endOfAuthority(target, start);
    if (!target.substring(start, end).equalsIgnoreCase(host)) {
      return null;
    }
    String rest = target.substring(end);
    return split(rest.startsWith("/") ? rest : "/" + rest);
  }

  private static Target split(String pathAndQuery) {
    int mark = pathAndQuery.indexOf('?');
    return mark < 0
        ? new Target(pathAndQuery, "")
        : new Target(pathAndQuery.substring(0, mark), pathAndQuery.substring(mark + 1));
  }

  private static int endOfAuthority(String target, int start) {
    for (int i = start; i < target.length(); i++) {
      if (target.charAt(i) == '/' || target.charAt(i) == '?') {
        return i;
      }
    }
    return target.length();
  }

  private static boolean isTargetOctet(int c) {
    return c > ' ' && c < 0x7f && c != '#';
  }
}
