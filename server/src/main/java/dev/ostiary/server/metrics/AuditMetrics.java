package dev.ostiary.server.metrics;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditEvent.AuthorizeRefused;
import dev.ostiary.authorization.audit.AuditEvent.GrantEnded;
import dev.ostiary.authorization.audit.AuditEvent.IntrospectionRefused;
import dev.ostiary.authorization.audit.AuditEvent.RevocationRefused;
import dev.ostiary.authorization.audit.AuditEvent.SignInRefused;
import dev.ostiary.authorization.audit.AuditEvent.TokenRefused;
import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.server.audit.AuditLine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what the audit stream records, without saying of whom. */
final class AuditMetrics implements AuditLog {
  /** How many reasons are told apart: upstreams choose some of the words. */
  private static final int REASON_LIMIT = 100;

  private final MeterRegistry registry;
  private final Set<String> reasons = ConcurrentHashMap.newKeySet();

  AuditMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void record(AuditEvent event) {
    Counter.builder("ostiary.authorization.events")
        .description("Audit events, by their names in the audit stream")
        .tag("event", AuditLine.name(event))
        .register(registry)
        .increment();
    switch (event) {
      case GrantEnded ended -> ended(ended.reason().name().toLowerCase(Locale.ROOT));
      case TokenRefused refused -> refused("token", refused.reason());
      case RevocationRefused refused -> refused("revoke", refused.reason());
      case IntrospectionRefused refused -> refused("introspect", refused.reason());
      case SignInRefused refused -> refused("callback", refused.reason());
      case AuthorizeRefused refused -> refused("authorize", refused.reason());
      default -> {}
    }
  }

  private void ended(String reason) {
    Counter.builder("ostiary.authorization.grants.ended")
        .description("Grants that have ended, by reason")
        .tag("reason", reason)
        .register(registry)
        .increment();
  }

  private void refused(String endpoint, String reason) {
    Counter.builder("ostiary.authorization.refusals")
        .description("Requests that an endpoint of the authorization server refused, by reason")
        .tags("endpoint", endpoint, "reason", known(reason))
        .register(registry)
        .increment();
  }

  private String known(String reason) {
    boolean word = reason.matches("[A-Za-z0-9_-]{1,64}");
    boolean kept =
        word
            && (reasons.contains(reason) || (reasons.size() < REASON_LIMIT && reasons.add(reason)));
    return kept ? reason : "other";
  }
}
