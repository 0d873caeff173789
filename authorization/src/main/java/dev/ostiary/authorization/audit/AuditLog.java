package dev.ostiary.authorization.audit;

/** Where audit events go. Returns when the event is accepted; must be safe for many threads. */
public interface AuditLog {
  void record(AuditEvent event);
}
