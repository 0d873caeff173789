package dev.ostiary.authorization.store;

import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Subject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Remembers approvals: one for each subject, client, exact redirect URI and resource. */
public interface ApprovalStore {
  /** Remembers a decision; an earlier one about the same makes room. */
  void keep(Approval approval);

  /** What this person has approved for this client there, for each resource, until it expires. */
  List<Approval> find(Subject subject, ClientId client, RedirectUri redirectUri, Instant now);

  /** Forgets everything that these people have approved for these clients, wherever it is. */
  void forget(Collection<Approver> approvers);

  /** A person, and a client that they may have approved. */
  record Approver(Subject subject, ClientId client) {}
}
