package dev.ostiary.embed.config;

/** Whether clients may register themselves (RFC 7591). */
public enum Registration {
  /** Anybody's client may: a person still has to consent to it and sign in. */
  ENABLED,
  /** No new ones; those that registered before go on. */
  DISABLED
}
