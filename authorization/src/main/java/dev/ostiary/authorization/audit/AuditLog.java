package dev.ostiary.authorization.audit;

import java.util.Optional;

/**
 * Where audit events go. Returns when the event is accepted, upon which its request is answered;
 * must be safe for many threads.
 */
@FunctionalInterface
public interface AuditLog {
  void record(AuditEvent event);

  /** Why events cannot be recorded at this time, if they cannot. */
  default Optional<String> trouble() {
    return Optional.empty();
  }
}
