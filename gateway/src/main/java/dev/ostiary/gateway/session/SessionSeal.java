package dev.ostiary.gateway.session;

import java.util.Optional;

/** Seals what clients keep for us, so that they can neither read nor change nor move it. */
public interface SessionSeal {
  /** Visible ASCII, different each time. */
  String seal(String plain, String context);

  /** The plain text; empty unless it was sealed with this key in this context. */
  Optional<String> open(String sealed, String context);

  /** The plain text bound to a context: visible ASCII, the same each time, and readable. */
  String bind(String plain, String context);

  /** The plain text; empty unless it was bound with this key to this context. */
  Optional<String> bound(String text, String context);
}
