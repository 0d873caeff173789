package dev.ostiary.authorization.register;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.grant.Grants;
import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.protocol.ClientId;
import java.time.Instant;

/**
 * Forgets a client and ends all of its grants, in force or waiting for their code (RFC 7592 §2.3).
 * Grants end first, so that whoever is interrupted can ask again, and once more when the client is
 * gone and can bring no further one into force.
 */
final class Removal {
  private final ClientStore clients;
  private final GrantStore store;
  private final Grants grants;
  private final AuditLog audit;

  Removal(ClientStore clients, GrantStore store, Grants grants, AuditLog audit) {
    this.clients = clients;
    this.store = store;
    this.grants = grants;
    this.audit = audit;
  }

  /** Whether this call removed it. */
  boolean remove(ClientId client, String request, Instant now) {
    endGrants(client, request, now);
    if (!clients.remove(client)) {
      return false;
    }
    audit.record(new AuditEvent.ClientRemoved(now, request, client));
    endGrants(client, request, now);
    return true;
  }

  private void endGrants(ClientId client, String request, Instant now) {
    store.of(client, now).forEach(grant -> grants.end(grant, EndReason.REVOKED, request, now));
  }
}
