package dev.ostiary.authorization.audit;

/** Who did something. */
public enum Actor {
  /** The client itself, with a token of its own. */
  CLIENT,
  /** The operator, by a command or by the library. */
  OPERATOR
}
