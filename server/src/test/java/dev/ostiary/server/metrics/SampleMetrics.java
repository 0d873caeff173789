package dev.ostiary.server.metrics;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.gateway.observe.BackendFailure;
import dev.ostiary.gateway.observe.CallOutcome;
import dev.ostiary.gateway.observe.GatewayObserver;
import dev.ostiary.gateway.observe.RefusalReason;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Metrics after a little of everything. */
final class SampleMetrics {
  private SampleMetrics() {}

  static Metrics used() {
    Metrics metrics = new Metrics(List.of("github", "docs"), "1.0");
    GatewayObserver gateway = metrics.gateway();
    gateway.callEnded("github", "tools/call", "calculate", CallOutcome.ANSWERED, 2_000_000);
    gateway.callEnded("github", "tools/call", "calculate", CallOutcome.ANSWERED, 40_000_000);
    gateway.callEnded("docs", "tools/list", "", CallOutcome.FAILED, 90_000_000_000L);
    gateway.refused("docs", RefusalReason.NO_TOKEN, "r1");
    gateway.streamOpened("docs");
    gateway.streamOpened("docs");
    gateway.streamClosed("docs");
    gateway.backendFailed("docs", BackendFailure.LATE);
    gateway.circuitOpened("docs");
    gateway.circuitOpened("github");
    gateway.circuitClosed("github");
    gateway.tokenLookedUp(true);
    gateway.tokenLookedUp(true);
    gateway.tokenLookedUp(false);
    var audit = metrics.counting(_ -> {});
    GrantId grant = new GrantId("secret-grant");
    ClientId client = new ClientId("secret-client");
    audit.record(new AuditEvent.RefreshRotated(Instant.EPOCH, "r", grant, client));
    audit.record(new AuditEvent.GrantEnded(Instant.EPOCH, "r", grant, EndReason.REFRESH_REUSED));
    audit.record(new AuditEvent.TokenRefused(Instant.EPOCH, "r", "secret", "code-unknown"));
    audit.record(new AuditEvent.TokenRefused(Instant.EPOCH, "r", "secret", "two words\n"));
    return metrics;
  }

  static Reply scrape(Metrics metrics, String... headers) {
    var service = metrics.service(List.of(), () -> 3);
    Request request =
        new Request(
            "request-1",
            "GET",
            "/metrics",
            "",
            Headers.of(headers),
            Body.empty(),
            InetAddress.getLoopbackAddress());
    return WaitingExchange.answer(service, request);
  }

  static String text(Reply reply) {
    return new String(((Body.Whole) reply.body()).bytes(), StandardCharsets.UTF_8);
  }
}
