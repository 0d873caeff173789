package dev.ostiary.gateway.call;

import dev.ostiary.gateway.backend.Admitted;
import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.backend.AdmittedListening;
import dev.ostiary.gateway.observe.CallMetrics;
import dev.ostiary.gateway.observe.CallOutcome;
import dev.ostiary.gateway.refusal.CallRefusal;
import dev.ostiary.gateway.reply.AnswerForm;
import dev.ostiary.gateway.reply.BackendErrors;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.reply.ReplyHeaders;
import dev.ostiary.gateway.stream.AnswerEvents;
import dev.ostiary.gateway.stream.ReadAhead;
import dev.ostiary.gateway.stream.RelayedBody;
import dev.ostiary.gateway.stream.StreamTimeouts;
import dev.ostiary.gateway.stream.StreamedEvents;
import dev.ostiary.gateway.stream.Termination;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.gateway.token.VerifiedToken;
import dev.ostiary.http.Body;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.mcp.Event;
import dev.ostiary.mcp.ListFilter;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.protocol.Scopes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One call at its backend: turns what that says into the reply, until all of it is passed on. */
final class RunningCall implements CallReply, RelayedBody.Ending, Ticker.Tickable {
  /** How long a stream may outlive its access token, so that it can end by itself. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final ServerCalls calls;
  private final Exchange exchange;
  private final VerifiedToken token;
  private final Admitted admitted;
  private final @Nullable String origin;
  private final CallMetrics metrics;
  private final ShownAnswer shown;
  private volatile @Nullable Runnable onCancel;
  private volatile @Nullable Runnable onEnd;
  private volatile @Nullable RelayedBody body;
  private volatile boolean registered;
  private volatile boolean revoked;
  private volatile boolean withdrawn;

  /**
   * @param filter what has to change in the answer; null if nothing has
   * @param origin whose script reads the reply; null if none does
   */
  RunningCall(
      ServerCalls calls,
      Exchange exchange,
      VerifiedToken token,
      Admitted admitted,
      @Nullable ListFilter filter,
      @Nullable String origin) {
    this.calls = calls;
    this.exchange = exchange;
    this.token = token;
    this.admitted = admitted;
    this.origin = origin;
    this.metrics =
        switch (admitted) {
          case AdmittedCall call -> calls.metrics().call(call.message());
          case AdmittedListening listening -> calls.metrics().listening(listening.method());
        };
    this.shown =
        new ShownAnswer(
            calls.server().name(),
            id(),
            id() != null && AnswerForm.of(exchange.request().headers()) == AnswerForm.EVENTS,
            filter,
            origin,
            metrics);
  }

  @Override
  public void json(int status, byte[] json) {
    finish(shown.whole(status, Headers.of("Content-Type", "application/json"), json));
  }

  @Override
  public void accepted() {
    finish(new Reply(202, ReplyHeaders.plain(origin), Body.empty()));
  }

  @Override
  public void signInAgain() {
    refuse(new CallRefusal.SignInAgain());
  }

  @Override
  public boolean stepUp(Scopes wanted) {
    Scopes helpful = calls.server().policy().helpful(wanted, token.caller().scopes());
    if (!helpful.isEmpty()) {
      refuse(
          CallRefusal.ScopeMissing.of(
              helpful, admitted.caller().scopes(), admitted.revision(), id()));
    }
    return !helpful.isEmpty();
  }

  void refuse(CallRefusal refusal) {
    forget();
    metrics.ended(CallOutcome.REFUSED);
    calls.refusals().refuse(exchange, refusal, origin);
  }

  @Override
  public void relay(Reply answer, StreamTimeouts timeouts, Runnable ended) {
    switch (answer.body()) {
      case Body.Whole whole -> {
        finish(shown.whole(answer.status(), answer.headers(), whole.bytes()));
        ended.run();
      }
      case Body.Streamed streamed when shown.isChanged() && !AnswerEvents.isIn(answer.headers()) ->
          hold(answer, streamed, timeouts, ended);
      case Body.Streamed streamed -> stream(answer, streamed, timeouts, ended);
    }
  }

  /** An answer that has to be changed and is too long to have been read already. */
  private void hold(Reply answer, Body.Streamed streamed, StreamTimeouts timeouts, Runnable ended) {
    var _ =
        new ReadAhead(streamed, ReadAhead.upTo(ShownAnswer.HELD), calls.ticker(), timeouts.idle())
            .read()
            .whenComplete(
                (read, _) -> {
                  if (read != null && read.body() instanceof Body.Whole whole) {
                    relay(new Reply(answer.status(), answer.headers(), whole), timeouts, ended);
                  } else {
                    if (read != null && read.body() instanceof Body.Streamed endless) {
                      endless.discard();
                    }
                    json(502, shown.unreadable());
                    ended.run();
                  }
                });
  }

  private void stream(
      Reply answer, Body.Streamed streamed, StreamTimeouts timeouts, Runnable ended) {
    boolean events = AnswerEvents.isIn(answer.headers());
    RelayedBody relayed =
        new RelayedBody(
            shown.source(streamed, events),
            events ? StreamedEvents.of(id() != null) : StreamedEvents.none(),
            this,
            calls.ticker(),
            timeouts);
    onEnd = ended;
    body = relayed;
    register();
    calls.ticker().add(this);
    metrics.begun(answer.status(), events);
    exchange.reply(
        new Reply(
            answer.status(), shown.headers(answer.headers(), events), new Body.Streamed(relayed)));
    if (revoked) {
      relayed.terminate(Termination.UNAUTHORIZED);
    }
  }

  @Override
  public void unanswered() {
    withdrawn = true;
  }

  @Override
  public CompletionStage<Boolean> isRepeatable() {
    return admitted instanceof AdmittedCall call
        ? calls.isRepeatable(call, exchange.request())
        : CompletableFuture.completedStage(false); // the binding does that for GET
  }

  @Override
  public void onCancel(Runnable action) {
    onCancel = action;
    register();
    if (admitted.revision().isModern() || admitted instanceof AdmittedListening) {
      exchange.onAbort(this::giveUp); // to older revisions, going away means nothing
    }
  }

  boolean isRunning() {
    return registered;
  }

  boolean isMadeWith(String jti) {
    return token.jti().equals(jti);
  }

  /** Whether the reply has begun and goes on. */
  boolean isStreaming() {
    return body != null;
  }

  void revoked() {
    revoked = true;
    RelayedBody streaming = body;
    if (streaming == null) {
      breakOff(new CallRefusal.TokenRevoked());
    } else {
      streaming.terminate(Termination.UNAUTHORIZED);
    }
  }

  /** Whether it goes on until one side ends it: what it waits for may never come. */
  boolean isLasting() {
    return admitted instanceof AdmittedListening || isRequest("subscriptions/listen");
  }

  private boolean isRequest(String method) {
    return admitted instanceof AdmittedCall call && call.isRequest(method);
  }

  /** Ostiary ends. */
  void stop() {
    RelayedBody streaming = body;
    if (streaming == null) {
      breakOff(new CallRefusal.Stopping());
    } else {
      streaming.terminate(Termination.STOPPING);
    }
  }

  /** Answers in the backend's place. */
  private void breakOff(CallRefusal why) {
    metrics.ended(CallOutcome.REFUSED);
    calls.refusals().refuse(exchange, why, origin);
    giveUp();
  }

  @Override
  public void tick(Instant now) {
    RelayedBody streaming = body;
    if (streaming == null) {
      return;
    }
    boolean expired = now.isAfter(token.expiresAt().plus(GRACE));
    if (!expired || !streaming.terminate(Termination.UNAUTHORIZED)) {
      streaming.tick(now);
    }
  }

  /** Disconnecting is no cancellation before 2026-07-28 (2025-11-25, Streamable HTTP). */
  @Override
  public boolean readsOn(boolean resumable) {
    return !admitted.revision().isModern()
        && admitted instanceof AdmittedCall
        && !resumable
        && !revoked;
  }

  @Override
  public byte @Nullable [] lastEvent(Termination why, boolean resumable) {
    RawJson id = id();
    if (id == null || withdrawn || (resumable && !admitted.revision().isModern())) {
      return null;
    }
    return Event.message(BackendErrors.ended(calls.server().name(), why).toJson(id));
  }

  @Override
  public void done(@Nullable Termination early) {
    calls.ticker().remove(this);
    forget();
    metrics.done(early);
    Runnable then = onEnd;
    if (then != null) {
      then.run();
    }
  }

  private @Nullable RawJson id() {
    return admitted instanceof AdmittedCall call ? call.id() : null;
  }

  private void giveUp() {
    Runnable action = onCancel;
    forget();
    metrics.ended(CallOutcome.ABANDONED);
    if (action != null) {
      action.run();
    }
  }

  private void finish(Reply reply) {
    forget();
    metrics.ended(CallOutcome.of(reply.status()));
    exchange.reply(reply);
  }

  private void register() {
    if (!registered) {
      registered = true;
      calls.running().add(token.caller().ownGrant(), this);
    }
  }

  private void forget() {
    onCancel = null;
    if (registered) {
      registered = false;
      calls.running().remove(token.caller().ownGrant(), this);
    }
  }
}
