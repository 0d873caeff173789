package dev.ostiary.embed;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.gateway.observe.BackendFailure;
import dev.ostiary.gateway.observe.CallOutcome;
import dev.ostiary.gateway.observe.GatewayObserver;
import dev.ostiary.gateway.observe.RefusalReason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Records calls that were refused for want of a good token, so that one can be found by its
 * reference, and passes everything on. Of each reason so many are recorded in ten minutes, and then
 * their number: anybody can bring them about. Recording may block, and happens elsewhere.
 */
final class RefusalAudit implements GatewayObserver {
  static final int MOST = 300;

  private static final System.Logger LOG = System.getLogger(RefusalAudit.class.getName());
  private static final String KIND = "call.refused";
  private static final Duration PERIOD = Duration.ofMinutes(10);

  private final AuditLog audit;
  private final Executor background;
  private final GatewayObserver next;
  private final InstantSource time;
  private final Map<RefusalReason, Integer> recorded = new EnumMap<>(RefusalReason.class);
  private Instant begin = Instant.EPOCH;
  private long omitted;

  RefusalAudit(AuditLog audit, Executor background, GatewayObserver next, InstantSource time) {
    this.audit = audit;
    this.background = background;
    this.next = next;
    this.time = time;
  }

  @Override
  public void refused(String server, RefusalReason reason, String requestId) {
    next.refused(server, reason, requestId);
    if (isAboutTokens(reason) && isRecorded(reason, time.instant())) {
      record(new AuditEvent.CallRefused(time.instant(), requestId, server, reason.label()));
    }
  }

  private static boolean isAboutTokens(RefusalReason reason) {
    return switch (reason) {
      case NO_TOKEN,
          MALFORMED_TOKEN,
          INVALID_TOKEN,
          OTHER_AUDIENCE,
          USER_NOT_ALLOWED,
          SIGN_IN_AGAIN,
          TOKEN_REVOKED ->
          true;
      default -> false;
    };
  }

  private synchronized boolean isRecorded(RefusalReason reason, Instant now) {
    if (Duration.between(begin, now).abs().compareTo(PERIOD) >= 0) {
      if (omitted > 0) {
        record(new AuditEvent.EventsOmitted(now, "-", KIND, omitted));
      }
      recorded.clear();
      omitted = 0;
      begin = now;
    }
    boolean fits = recorded.merge(reason, 1, Integer::sum) <= MOST;
    omitted += fits ? 0 : 1;
    return fits;
  }

  private void record(AuditEvent event) {
    try {
      background.execute(() -> audit.record(event));
    } catch (RejectedExecutionException stopping) {
      LOG.log(System.Logger.Level.DEBUG, "not recorded, since the server stops: {0}", event);
    }
  }

  @Override
  public boolean watchesCalls() {
    return next.watchesCalls();
  }

  @Override
  public void callEnded(
      String server, String method, String tool, CallOutcome outcome, long nanoseconds) {
    next.callEnded(server, method, tool, outcome, nanoseconds);
  }

  @Override
  public void streamOpened(String server) {
    next.streamOpened(server);
  }

  @Override
  public void streamClosed(String server) {
    next.streamClosed(server);
  }

  @Override
  public void backendFailed(String server, BackendFailure failure) {
    next.backendFailed(server, failure);
  }

  @Override
  public void circuitOpened(String server) {
    next.circuitOpened(server);
  }

  @Override
  public void circuitClosed(String server) {
    next.circuitClosed(server);
  }

  @Override
  public void childStarted(String server) {
    next.childStarted(server);
  }

  @Override
  public void childEnded(String server) {
    next.childEnded(server);
  }

  @Override
  public void tokenLookedUp(boolean known) {
    next.tokenLookedUp(known);
  }
}
