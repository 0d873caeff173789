package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.gateway.observe.GatewayObserver;
import dev.ostiary.gateway.observe.RefusalReason;
import dev.ostiary.http.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that are refused for want of a token, in the audit stream. */
final class RefusalAuditTest {
  private static final OstiaryConfig CONFIG = SampleConfig.at("https://mcp.example.com");

  @Test
  @Timeout(30)
  void eachIsFoundByTheReferenceOfItsAnswer() throws Exception {
    BlockingQueue<AuditEvent> events = new LinkedBlockingQueue<>();
    try (MemoryStore store = new MemoryStore();
        Ostiary ostiary =
            Ostiary.builder(CONFIG, store, MasterKey.parse(MasterKey.generate()))
                .audit(events::add)
                .build()) {
      Reply reply =
          FakeExchange.serve(
              ostiary.service(), "POST", CONFIG.url().uri().getRawAuthority(), "/mcp");

      assertThat(reply.status()).isEqualTo(401);
      assertThat(events.take())
          .isInstanceOfSatisfying(
              AuditEvent.CallRefused.class,
              refused -> {
                assertThat(refused.server()).isEqualTo("github");
                assertThat(refused.reason()).isEqualTo("no_token");
                assertThat(reply.headers().first("X-Request-Id")).contains(refused.request());
              });
    }
  }

  @Test
  void theirNumberIsBounded() {
    List<AuditEvent> events = new ArrayList<>();
    SettableTime time = new SettableTime();
    RefusalAudit audit = new RefusalAudit(events::add, Runnable::run, GatewayObserver.NONE, time);
    for (int i = 0; i < 5000; i++) {
      audit.refused("docs", RefusalReason.NO_TOKEN, "r" + i);
    }
    audit.refused("docs", RefusalReason.INVALID_TOKEN, "another");
    audit.refused("docs", RefusalReason.NOT_JSON, "of no concern");
    assertThat(events).hasSize(RefusalAudit.MOST + 1);

    time.pass(Duration.ofMinutes(10));
    audit.refused("docs", RefusalReason.NO_TOKEN, "last");

    assertThat(events.subList(RefusalAudit.MOST + 1, events.size()))
        .containsExactly(
            new AuditEvent.EventsOmitted(
                time.instant(), "-", "call.refused", 5000 - RefusalAudit.MOST),
            new AuditEvent.CallRefused(time.instant(), "last", "docs", "no_token"));
    assertThat(audit.watchesCalls()).isFalse();
  }
}
