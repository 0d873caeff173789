package dev.ostiary.checker.server;

/** What a check finds, before it is known how much that weighs. */
public sealed interface Verdict {
  /** It is as the specification wants it. */
  record Holds() implements Verdict {}

  /**
   * It is not.
   *
   * @param why what was seen instead
   */
  record Broken(String why) implements Verdict {}

  /**
   * It could not be tried.
   *
   * @param missing what would be needed
   */
  record Untested(String missing) implements Verdict {}

  /**
   * It is about something that this server does not offer and need not.
   *
   * @param what is not offered
   */
  record Inapplicable(String what) implements Verdict {}

  static Verdict holds() {
    return new Holds();
  }

  static Verdict broken(String why) {
    return new Broken(why);
  }

  static Verdict untested(String missing) {
    return new Untested(missing);
  }

  static Verdict inapplicable(String what) {
    return new Inapplicable(what);
  }

  /** Holds, or is broken for this reason. */
  static Verdict check(boolean holds, String why) {
    return holds ? holds() : broken(why);
  }
}
