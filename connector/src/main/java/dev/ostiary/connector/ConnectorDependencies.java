package dev.ostiary.connector;

import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.key.Sealer;
import dev.ostiary.authorization.page.Pages;
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
 * @param sealer seals what is handed to a browser, with a key of this connector
 * @param pages for what people see of it here
 */
public record ConnectorDependencies(
    ConnectorPlace place,
    List<AllowRule> lists,
    Outbound outbound,
    UpstreamNameStore names,
    Sealer sealer,
    Pages pages,
    AuditLog audit,
    InstantSource time) {
  public ConnectorDependencies {
    lists = List.copyOf(lists);
  }
}
