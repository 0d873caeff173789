package dev.ostiary.authorization.client.document;

import java.time.Duration;
import java.util.List;

/**
 * Whose documents are read, and how long an old one will do (MCP authorization, "Trust Policies").
 *
 * @param allow if there are any, only these
 * @param deny never these, whatever is allowed
 * @param staleFor how long a document that is no longer fresh will do while its host is down
 */
public record DocumentPolicy(
    List<DomainPattern> allow, List<DomainPattern> deny, Duration staleFor) {
  /** Anybody's. */
  public static final DocumentPolicy DEFAULTS =
      new DocumentPolicy(List.of(), List.of(), Duration.ofDays(1));

  public DocumentPolicy {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }

  boolean trusts(String host) {
    return deny.stream().noneMatch(pattern -> pattern.matches(host))
        && (allow.isEmpty() || allow.stream().anyMatch(pattern -> pattern.matches(host)));
  }
}
