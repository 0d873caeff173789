package dev.ostiary.authorization.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.RecordingAuditLog;
import dev.ostiary.authorization.key.SampleGrant;
import dev.ostiary.authorization.key.VerifiedAccessToken;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.memory.MemoryStore;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevokedTokensTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final MemoryStore store = new MemoryStore();
  private final RecordingAuditLog audit = new RecordingAuditLog();
  private final RecordingListener told = new RecordingListener();
  private final RevokedTokens revoked = RevokedTokens.of(store.revocations(), audit, List.of(told));
  private final Grant grant = SampleGrant.inForce(store.grants(), "g1", NOW);

  @Test
  void revokesATokenWithEverythingThatFollowsAndLeavesItsGrant() {
    revoked.add(token("t1"), "request-1", NOW);

    assertThat(store.grants().findFor(grant.id(), "t1", NOW)).isEmpty();
    assertThat(store.grants().findFor(grant.id(), "t2", NOW)).contains(grant);
    assertThat(audit.events())
        .containsExactly(
            new AuditEvent.AccessTokenRevoked(NOW, "request-1", grant.id(), grant.client()));
    assertThat(told.revoked).containsExactly("t1");
    assertThat(told.ended).isEmpty();
  }

  @Test
  void revokesATokenOnce() {
    revoked.add(token("t1"), "request-1", NOW);
    revoked.add(token("t1"), "request-2", NOW);

    assertThat(audit.events()).hasSize(1);
    assertThat(told.revoked).hasSize(1);
  }

  private VerifiedAccessToken token(String jti) {
    return new VerifiedAccessToken(
        jti,
        grant.subject(),
        grant.client(),
        grant.id(),
        grant.scopes(),
        grant.resource(),
        NOW,
        NOW.plusSeconds(3600));
  }
}
