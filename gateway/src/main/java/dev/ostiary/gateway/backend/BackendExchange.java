package dev.ostiary.gateway.backend;

import dev.ostiary.gateway.credential.BackendCredential;
import dev.ostiary.gateway.observe.BackendFailure;
import dev.ostiary.gateway.observe.GatewayObserver;
import dev.ostiary.gateway.reply.BackendErrors;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.session.SealedSessions;
import dev.ostiary.gateway.stream.StreamTimeouts;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.http.StaleConnection;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.protocol.Subject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request to a backend: waits for a permit of the bulkhead, is sent, and receives the answer.
 */
final class BackendExchange {
  private static final Duration BUSY = Duration.ofSeconds(5);

  /** What all exchanges with one backend share. */
  record Parts(
      HttpBackendSettings settings,
      Outbound outbound,
      BackendCredential credential,
      SealedSessions sessions,
      CircuitBreaker breaker,
      Bulkhead bulkhead,
      Ticker ticker,
      GatewayObserver observer,
      Logger log) {
    Instant now() {
      return ticker.now();
    }

    /** Tells what was wrong. */
    void tell(BackendFailure failure) {
      observer.backendFailed(settings.name(), failure);
    }

    StreamTimeouts timeouts() {
      return new StreamTimeouts(settings.keepAlive(), settings.idle());
    }
  }

  private final Parts parts;
  private final BackendRequest request;
  private final CallReply reply;
  private final Bulkhead.Permit permit;
  private volatile @Nullable CompletableFuture<?> underWay;
  private volatile boolean givenUp;
  private volatile Headers shown = Headers.none();
  private volatile boolean repeated;
  private volatile int incident;
  private final AtomicInteger refusals = new AtomicInteger();

  BackendExchange(Parts parts, BackendRequest request, CallReply reply) {
    this.parts = parts;
    this.request = request;
    this.reply = reply;
    this.permit = parts.bulkhead().permit(user(), this::authorize, this::noRoom);
  }

  void begin() {
    reply.onCancel(this::giveUp);
    if (!parts.breaker().admits(parts.now())) {
      parts.tell(BackendFailure.PAUSED);
      unavailable(BackendErrors.paused(name()), parts.breaker().rest(parts.now()));
    } else if (!permit.enter(parts.now())) {
      noRoom();
    }
  }

  private void noRoom() {
    parts.tell(BackendFailure.BUSY);
    unavailable(BackendErrors.busy(name()));
    finish();
  }

  private void authorize() {
    with(parts.credential().fields(caller()));
  }

  private void with(CompletionStage<BackendCredential.Answer> coming) {
    var _ =
        coming.whenComplete(
            (answer, failure) -> {
              if (givenUp) {
                finish();
              } else {
                with(answer, failure);
              }
            });
  }

  private void with(BackendCredential.@Nullable Answer answer, @Nullable Throwable failure) {
    switch (answer) {
      case null -> {
        parts.log().log(Level.ERROR, "no credential for server " + name(), failure);
        unavailable(BackendErrors.closed(name()));
        finish();
      }
      case BackendCredential.Fields _ when refusals.get() > 1 -> shutOut(); // twice is enough
      case BackendCredential.Fields(Headers fields) -> {
        shown = fields;
        send();
      }
      case BackendCredential.NoOther _ -> shutOut();
      case BackendCredential.Unavailable _ -> {
        unavailable(BackendErrors.closed(name()));
        finish();
      }
      case BackendCredential.SignInAgain _ -> {
        reply.signInAgain();
        finish();
      }
    }
  }

  private void send() {
    send(parts.outbound()::send);
  }

  private void send(Function<OutboundRequest, CompletableFuture<Reply>> how) {
    HttpBackendSettings settings = parts.settings();
    incident = parts.breaker().incident();
    CompletableFuture<Reply> coming =
        how.apply(request.to(settings.uri(), shown, settings.answer()));
    follow(coming);
    var _ =
        coming.whenComplete(
            (answer, failure) -> {
              if (answer == null) {
                failed(unwrapped(failure));
              } else {
                parts.breaker().answered();
                answered(answer);
              }
            });
  }

  /** What is cancelled when the call is given up. */
  private void follow(CompletableFuture<?> coming) {
    underWay = coming;
    if (givenUp) {
      coming.cancel(true);
    }
  }

  private void failed(Throwable failure) {
    if (givenUp) {
      finish();
    } else if (failure instanceof ConnectException && !repeated) {
      repeated = true; // nothing was sent
      send();
    } else if (failure instanceof StaleConnection && !repeated) {
      repeated = true;
      var _ = reply.isRepeatable().whenComplete((may, _) -> stale(may, failure));
    } else {
      parts.breaker().failed(parts.now(), incident, user(), failure);
      parts.tell(kind(failure));
      switch (failure) {
        case ConnectException _ -> fail(502, BackendErrors.unreachable(name()));
        case HttpConnectTimeoutException _ -> fail(504, BackendErrors.unreachable(name()));
        case HttpTimeoutException _ -> fail(504, BackendErrors.late(name()));
        default -> fail(502, BackendErrors.brokenOff(name()));
      }
    }
  }

  /** The server had most likely closed the connection before it saw the call. */
  private void stale(@Nullable Boolean repeatable, Throwable failure) {
    if (givenUp) {
      finish();
    } else if (Boolean.TRUE.equals(repeatable)) {
      send(parts.outbound()::sendAnew);
    } else {
      parts.tell(kind(failure));
      fail(502, BackendErrors.brokenOff(name()));
    }
  }

  private static BackendFailure kind(Throwable failure) {
    return switch (failure) {
      case ConnectException _, HttpConnectTimeoutException _ -> BackendFailure.UNREACHABLE;
      case HttpTimeoutException _ -> BackendFailure.LATE;
      default -> BackendFailure.BROKEN_OFF;
    };
  }

  private void answered(Reply answer) {
    if (answer.status() == 401) {
      refusals.getAndIncrement();
      if (answer.body() instanceof Body.Streamed refused) {
        refused.discard();
      }
      with(parts.credential().renewed(caller(), shown));
    } else {
      new BackendAnswer(parts, request, reply, permit, this::follow).take(answer, this::finish);
    }
  }

  private void shutOut() {
    parts.log().log(
        Level.WARNING, () -> request.admitted().requestId() + ": status 401 of server " + name());
    fail(502, BackendErrors.closed(name()));
  }

  private void fail(int status, RpcError error) {
    parts.log().log(Level.DEBUG, () -> request.admitted().requestId() + ": " + error);
    reply.fail(status, error, request.id(), null);
    finish();
  }

  private void unavailable(RpcError error) {
    unavailable(error, BUSY);
  }

  private void unavailable(RpcError error, Duration rest) {
    reply.fail(503, error, request.id(), rest);
  }

  private void giveUp() {
    givenUp = true;
    CompletableFuture<?> coming = underWay;
    if (permit.stopsWaiting()) {
      finish();
    } else if (coming != null) {
      coming.cancel(true);
    }
  }

  private void finish() {
    parts.breaker().undecided();
    permit.done();
  }

  private Caller caller() {
    return request.admitted().caller();
  }

  private Subject user() {
    return caller().subject();
  }

  private String name() {
    return parts.settings().name();
  }

  static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
