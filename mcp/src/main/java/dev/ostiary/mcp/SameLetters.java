package dev.ostiary.mcp;

import java.util.List;

/**
 * Names that differ in case alone. Some readers of JSON do not tell them apart; what was allowed by
 * one would then be done by the other.
 */
final class SameLetters {
  static final String FLAW = "a member differs from one with a meaning only in case";

  private SameLetters() {}

  static boolean isLike(String name, List<String> others) {
    for (String other : others) {
      if (other.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
