package dev.ostiary.authorization.authorize.consent;

/** Whether a person may or has to be asked (OpenID Connect Core §3.1.2.1). */
public enum Prompt {
  /** Unless an earlier answer stands. */
  IF_NEEDED,
  /** Whatever has been answered before. */
  ALWAYS,
  /** The client would rather have an error. */
  NEVER
}
