package dev.ostiary.gateway.call;

import dev.ostiary.gateway.backend.Admitted;
import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.backend.AdmittedListening;
import dev.ostiary.gateway.backend.CallHead;
import dev.ostiary.gateway.observe.CallMetrics;
import dev.ostiary.gateway.observe.CallOutcome;
import dev.ostiary.gateway.policy.ReadOnlyHints;
import dev.ostiary.gateway.refusal.CallRefusal;
import dev.ostiary.gateway.reply.AnswerForm;
import dev.ostiary.gateway.reply.BackendErrors;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.reply.ReplyHeaders;
import dev.ostiary.gateway.stream.AnswerEvents;
import dev.ostiary.gateway.stream.FilteredEvents;
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
import dev.ostiary.mcp.RpcError;
import dev.ostiary.protocol.Scopes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** One call at its backend: turns what that says into the reply, until all of it is passed on. */
final class RunningCall implements CallReply, RelayedBody.Ending, Ticker.Tickable {
  /** How long a stream may outlive its access token, so that it can end by itself. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  /** The longest answer, or event of it, that is held to be changed. */
  private static final int HELD = 4 * 1024 * 1024;

  private final ServerCalls calls;
  private final Exchange exchange;
  private final VerifiedToken token;
  private final Admitted admitted;
  private final @Nullable String origin;
  private final @Nullable ListFilter filter;
  private final boolean wantsEvents;
  private final CallMetrics metrics;
  private volatile @Nullable Runnable onCancel;
  private volatile @Nullable Runnable onEnd;
  private volatile @Nullable RelayedBody body;
  private volatile boolean registered;
  private volatile boolean revoked;

  /**
   * @param origin whose script reads the reply; null if none does
   */
  RunningCall(
      ServerCalls calls,
      Exchange exchange,
      VerifiedToken token,
      Admitted admitted,
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
    this.wantsEvents =
        admitted instanceof AdmittedCall call
            && call.id() != null
            && AnswerForm.of(exchange.request().headers()) == AnswerForm.EVENTS;
    this.filter = calls.filter(admitted, token.caller().scopes()).orElse(null);
  }

  @Override
  public void json(int status, byte[] json) {
    finish(status, Headers.of("Content-Type", "application/json"), shown(json));
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
        finish(answer.status(), answer.headers(), shown(whole.bytes()));
        ended.run();
      }
      case Body.Streamed streamed
          when (filter != null || wantsEvents) && !AnswerEvents.isIn(answer.headers()) ->
          hold(answer, streamed, timeouts, ended);
      case Body.Streamed streamed -> stream(answer, streamed, timeouts, ended);
    }
  }

  /** An answer as a whole, in the form that the client takes. */
  private void finish(int status, Headers headers, Optional<byte[]> shown) {
    if (shown.isEmpty()) {
      finish(new Reply(502, ReplyHeaders.json(origin), Body.of(unreadable())));
    } else if (wantsEvents && status == 200 && !AnswerEvents.isIn(headers)) {
      Headers events = headers.replace("Content-Type", "text/event-stream");
      byte[] event = Event.message(shown.get());
      finish(new Reply(status, ReplyHeaders.events(events, origin), Body.of(event)));
    } else {
      finish(new Reply(status, ReplyHeaders.relayed(headers, origin), Body.of(shown.get())));
    }
  }

  /** An answer that has to be changed and is too long to have been read already. */
  private void hold(Reply answer, Body.Streamed streamed, StreamTimeouts timeouts, Runnable ended) {
    var _ =
        new ReadAhead(streamed, ReadAhead.upTo(HELD), calls.ticker(), timeouts.idle())
            .read()
            .whenComplete(
                (read, _) -> {
                  if (read != null && read.body() instanceof Body.Whole whole) {
                    relay(new Reply(answer.status(), answer.headers(), whole), timeouts, ended);
                  } else {
                    if (read != null && read.body() instanceof Body.Streamed endless) {
                      endless.discard();
                    }
                    json(502, unreadable());
                    ended.run();
                  }
                });
  }

  private void stream(
      Reply answer, Body.Streamed streamed, StreamTimeouts timeouts, Runnable ended) {
    boolean events = AnswerEvents.isIn(answer.headers());
    Flow.Publisher<ByteBuffer> source =
        events && filter != null
            ? new FilteredEvents(streamed.source(), this::shownOrError, HELD)
            : metrics.answer(streamed.source(), events);
    RelayedBody relayed =
        new RelayedBody(
            source,
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
            answer.status(),
            events
                ? ReplyHeaders.events(answer.headers(), origin)
                : ReplyHeaders.relayed(answer.headers(), origin),
            new Body.Streamed(relayed)));
    if (revoked) {
      relayed.terminate(Termination.UNAUTHORIZED);
    }
  }

  /** What is not known yet of a tool, the server's own list says. */
  @Override
  public CompletionStage<Boolean> isRepeatable() {
    if (!(admitted instanceof AdmittedCall call)) {
      return CompletableFuture.completedStage(false); // the binding does that for GET
    }
    ReadOnlyHints hints = calls.tools().hints(call.caller());
    Boolean known = calls.evaluator().isRepeatable(call.message(), hints);
    if (known != null) {
      return CompletableFuture.completedStage(known);
    }
    return calls
        .tools()
        .read(new CallHead(exchange.request(), call.caller(), call.revision(), call.session()))
        .thenApply(_ -> Boolean.TRUE.equals(calls.evaluator().isRepeatable(call.message(), hints)));
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
    if (id == null || (resumable && !admitted.revision().isModern())) {
      return null;
    }
    RpcError error =
        switch (why) {
          case UNAUTHORIZED -> RpcError.unauthorized("The access token is not valid any longer");
          case IDLE -> BackendErrors.silent(name());
          case BROKEN, CANCELLED, UNANSWERED -> BackendErrors.brokenOff(name());
          case STOPPING -> RpcError.internal("This server is shutting down; try again in a moment");
        };
    return Event.message(error.toJson(id));
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

  private String name() {
    return calls.server().name();
  }

  private @Nullable RawJson id() {
    return admitted instanceof AdmittedCall call ? call.id() : null;
  }

  /** What the caller may see of it; empty if that cannot be told, so that nothing is shown. */
  private Optional<byte[]> shown(byte[] json) {
    metrics.answer(json);
    return filter == null || json.length == 0 ? Optional.of(json) : filter.apply(json);
  }

  private byte[] shownOrError(byte[] json) {
    return shown(json).orElseGet(this::unreadable);
  }

  private byte[] unreadable() {
    return BackendErrors.unreadable(name()).toJson(id());
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
      calls.running().add(token.caller().grant(), this);
    }
  }

  private void forget() {
    onCancel = null;
    if (registered) {
      registered = false;
      calls.running().remove(token.caller().grant(), this);
    }
  }
}
