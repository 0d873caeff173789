package dev.ostiary.authorization.store.memory;

import dev.ostiary.authorization.store.Approval;
import dev.ostiary.authorization.store.ApprovalStore;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Subject;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Approvals in maps. */
final class MemoryApprovalStore implements ApprovalStore {
  private record Place(RedirectUri redirectUri, Resource resource) {}

  private final Object lock;
  private final Map<Approver, Map<Place, Approval>> approvals = new HashMap<>();

  MemoryApprovalStore(Object lock) {
    this.lock = lock;
  }

  @Override
  public void keep(Approval approval) {
    synchronized (lock) {
      approvals
          .computeIfAbsent(
              new Approver(approval.subject(), approval.client()), _ -> new HashMap<>())
          .put(new Place(approval.redirectUri(), approval.resource()), approval);
    }
  }

  @Override
  public List<Approval> find(
      Subject subject, ClientId client, RedirectUri redirectUri, Instant now) {
    synchronized (lock) {
      return approvals.getOrDefault(new Approver(subject, client), Map.of()).values().stream()
          .filter(approval -> approval.redirectUri().equals(redirectUri))
          .filter(approval -> now.isBefore(approval.expiresAt()))
          .toList();
    }
  }

  @Override
  public void forget(Collection<Approver> approvers) {
    synchronized (lock) {
      approvals.keySet().removeAll(approvers);
    }
  }

  void purge(Instant now) {
    synchronized (lock) {
      approvals
          .values()
          .forEach(each -> each.values().removeIf(approval -> !now.isBefore(approval.expiresAt())));
      approvals.values().removeIf(Map::isEmpty);
    }
  }
}
