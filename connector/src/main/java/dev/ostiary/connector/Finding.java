package dev.ostiary.connector;

/** What came of a question about an installation. The texts are sentences. */
public sealed interface Finding {
  /** It is as it has to be. */
  record Good(String what) implements Finding {}

  /** It is not. */
  record Wrong(String what, String remedy) implements Finding {}

  /** It could not be found out, and may be wrong. */
  record Unsure(String what, String remedy) implements Finding {}

  /** It cannot be seen from here. */
  record Unseen(String what, String remedy) implements Finding {}
}
