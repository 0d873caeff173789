package dev.ostiary.connector;

import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.store.UpstreamNameStore;
import dev.ostiary.http.Outbound;
import java.time.InstantSource;
import java.util.List;

/**
 * What a connector works with.
 *
 * @param place where it stands
 * @param lists of those who may use single servers
 * @param outbound calls the place where people sign in
 * @param names what the names on all lists mean
 */
public record ConnectorDependencies(
    ConnectorPlace place,
    List<AllowRule> lists,
    Outbound outbound,
    UpstreamNameStore names,
    AuditLog audit,
    InstantSource time) {
  public ConnectorDependencies {
    lists = List.copyOf(lists);
  }
}
