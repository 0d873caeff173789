package dev.ostiary.server.doctor;

import java.io.PrintStream;

/** What has been looked at, as it is told: one line for each step, and what to do below it. */
final class Diagnosis {
  private final PrintStream out;
  private final boolean colour;
  private boolean sick;

  Diagnosis(PrintStream out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  void well(String what) {
    out.println(painted("32", "✔") + " " + what);
  }

  /** What cannot be seen from here, and what to do about it. */
  void unseen(String what, String remedy) {
    out.println(painted("2", "–") + " " + what);
    out.println("  " + remedy);
  }

  void unsure(String what, String remedy) {
    out.println(painted("33", "!") + " " + what);
    out.println("  " + remedy);
  }

  void sick(String what, String remedy) {
    sick = true;
    out.println(painted("31", "✘") + " " + what);
    if (!remedy.isEmpty()) {
      out.println("  " + remedy.replace("\n", "\n  "));
    }
  }

  /** Whether anything is wrong so far. */
  boolean isSick() {
    return sick;
  }

  private String painted(String code, String words) {
    return colour ? "\033[" + code + "m" + words + "\033[0m" : words;
  }
}
