package dev.ostiary.authorization.authorize.request;

/** A value of the request on a page: long enough to recognize, too short to say something with. */
final class Truncated {
  private static final int LONGEST = 120;

  private Truncated() {}

  static String of(String value) {
    return value.codePointCount(0, value.length()) <= LONGEST
        ? value
        : value.substring(0, value.offsetByCodePoints(0, LONGEST)) + "…";
  }
}
