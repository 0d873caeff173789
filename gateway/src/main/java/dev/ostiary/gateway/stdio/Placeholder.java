package dev.ostiary.gateway.stdio;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the environment of a child may name, beside variables of Ostiary's own environment. */
public enum Placeholder {
  /** The user's own access token at the upstream. */
  UPSTREAM_TOKEN("upstream-token"),
  /** The {@code sub} of access tokens. */
  SUBJECT("user.sub"),
  /** What the upstream calls the user. */
  LOGIN("user.login"),
  /** The user's e-mail address, if the upstream has verified it. */
  EMAIL("user.email");

  private final String word;

  Placeholder(String word) {
    this.word = word;
  }

  /** As it is written between the braces. */
  public String word() {
    return word;
  }

  static Optional<Placeholder> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
  }

  /** All that there are, as they are written between the braces. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Placeholder::word).toList();
  }
}
