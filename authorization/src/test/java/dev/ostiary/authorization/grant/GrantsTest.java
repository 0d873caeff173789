package dev.ostiary.authorization.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.RecordingAuditLog;
import dev.ostiary.authorization.hash.DescriptionHash;
import dev.ostiary.authorization.hash.Sha256;
import dev.ostiary.authorization.key.SampleGrant;
import dev.ostiary.authorization.store.Approval;
import dev.ostiary.authorization.store.ApprovalStore;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.protocol.RedirectUri;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrantsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final MemoryStore store = new MemoryStore();
  private final RecordingAuditLog audit = new RecordingAuditLog();
  private final RecordingListener told = new RecordingListener();
  private final List<UpstreamTokenId> unneeded = new ArrayList<>();
  private final Grants grants =
      Grants.of(
          store.grants(), store.approvals(), audit, List.of(told), unneeded::add, Runnable::run);
  private final Grant grant = SampleGrant.inForce(store.grants(), "g1", NOW);

  @Test
  void endsAGrantWithEverythingThatFollows() {
    assertThat(grants.end(grant, EndReason.REVOKED, "request-1", NOW)).isTrue();

    assertThat(store.grants().find(grant.id(), NOW)).isEmpty();
    assertThat(audit.events())
        .containsExactly(
            new AuditEvent.GrantEnded(NOW, "request-1", grant.id(), EndReason.REVOKED));
    assertThat(told.ended).containsExactly(grant.id());
    assertThat(unneeded).containsExactly(new UpstreamTokenId("upstream-1"));
  }

  @Test
  void takesThePersonsApprovalOfTheClientWithIt() {
    ApprovalStore approvals = store.approvals();
    Approval approval =
        new Approval(
            grant.subject(),
            grant.client(),
            new RedirectUri("https://app.example.net/callback"),
            grant.resource(),
            grant.scopes(),
            new DescriptionHash(Sha256.of("client")),
            NOW,
            NOW.plusSeconds(60));
    approvals.keep(approval);

    grants.end(grant, EndReason.REVOKED, "request-1", NOW);

    assertThat(approvals.find(approval.subject(), approval.client(), approval.redirectUri(), NOW))
        .isEmpty();
  }

  @Test
  void endsAGrantOnce() {
    grants.end(grant, EndReason.REVOKED, "request-1", NOW);

    assertThat(grants.end(grant, EndReason.CODE_REPLAYED, "request-2", NOW)).isFalse();

    assertThat(audit.events()).hasSize(1);
    assertThat(told.ended).hasSize(1);
    assertThat(unneeded).hasSize(1);
  }

  @Test
  void leavesOtherGrantsOfTheSameClientAlone() {
    Grant other = SampleGrant.inForce(store.grants(), "g2", NOW);

    grants.end(grant, EndReason.REVOKED, "request-1", NOW);

    assertThat(store.grants().find(other.id(), NOW)).contains(other);
    assertThat(told.ended).containsExactly(grant.id());
  }
}
