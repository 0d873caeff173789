package dev.ostiary.embed.config;

import dev.ostiary.connector.AllowRule;

/** Who may use a server, among those who may sign in. */
public sealed interface Allow {
  /** All of them by default. */
  record Unsaid() implements Allow {}

  /** All of them, in so many words. */
  record Everyone() implements Allow {}

  /** These. */
  record Only(AllowRule list) implements Allow {}
}
