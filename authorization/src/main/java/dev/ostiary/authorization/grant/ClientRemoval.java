package dev.ostiary.authorization.grant;

import dev.ostiary.authorization.audit.Actor;
import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.GrantFilter;
import dev.ostiary.protocol.ClientId;
import java.time.Instant;
import java.util.function.IntConsumer;

/**
 * Forgets a client and ends all of its grants, in force or waiting for their code (RFC 7592 §2.3).
 * Grants end first, so that an interrupted caller can ask again, and once more when the client is
 * gone and can bring no further one into force.
 */
public final class ClientRemoval {
  private final ClientStore clients;
  private final Grants grants;
  private final AuditLog audit;

  private ClientRemoval(ClientStore clients, Grants grants, AuditLog audit) {
    this.clients = clients;
    this.grants = grants;
    this.audit = audit;
  }

  public static ClientRemoval of(ClientStore clients, Grants grants, AuditLog audit) {
    return new ClientRemoval(clients, grants, audit);
  }

  /**
   * Removes a client that is stored. Blocks.
   *
   * @param request the id of the request it happens in
   * @param progress is told now and then how many grants have been ended so far; what it throws
   *     ends the work, and the client is kept if it had grants still
   * @return whether this call did it
   */
  public boolean remove(
      ClientId client, Actor by, String request, Instant now, IntConsumer progress) {
    int before = endGrants(client, by, request, now, progress);
    if (!clients.remove(client)) {
      return false;
    }
    audit.record(new AuditEvent.ClientRemoved(now, request, client, by));
    endGrants(client, by, request, now, more -> progress.accept(before + more));
    return true;
  }

  private int endGrants(
      ClientId client, Actor by, String request, Instant now, IntConsumer progress) {
    EndReason reason =
        switch (by) {
          case CLIENT -> EndReason.REVOKED;
          case OPERATOR -> EndReason.OPERATOR;
        };
    return grants.endAll(GrantFilter.of(client), reason, request, now, progress);
  }
}
