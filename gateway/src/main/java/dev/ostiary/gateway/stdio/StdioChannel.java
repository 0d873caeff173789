package dev.ostiary.gateway.stdio;

import dev.ostiary.gateway.observe.BackendFailure;
import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.Channel;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.Outgoing;
import dev.ostiary.gateway.reply.BackendErrors;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcMessage;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.Subject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A child for one user and grant, from before it is started until after it has ended. */
final class StdioChannel implements Channel, Room.Occupant, Child.Owner, Ticker.Tickable {
  /** A channel that was not used for so long makes way for another. */
  private static final Duration IDLE = Duration.ofSeconds(5);

  /** A child that ran for so long had no trouble at its start. */
  private static final Duration SOUND = Duration.ofMinutes(1);

  private static final Duration BUSY = Duration.ofSeconds(5);

  private enum State {
    OPENING,
    OPEN,
    CLOSED
  }

  private final StdioParts parts;
  private final Caller caller;
  private final Listener listener;
  private final Outbox outbox;
  private State state = State.OPENING;
  private volatile boolean wanted = true;
  private boolean works;
  private boolean hasHome;
  private Instant lastUsed;
  private Instant startedAt = Instant.MAX;
  private @Nullable Secret token;
  private @Nullable Child child;

  StdioChannel(StdioParts parts, Cause cause, Listener listener) {
    this.parts = parts;
    this.caller = cause.caller();
    this.listener = listener;
    this.outbox = new Outbox(parts.budget(), parts.ticker());
    this.lastUsed = parts.ticker().now();
  }

  /** Starts the child. Blocks. */
  void open() {
    Duration pause = parts.backOff().rest(user(), parts.ticker().now());
    if (!pause.isZero()) {
      fail(BackendFailure.PAUSED, unavailable(503, StdioErrors.paused(name()), pause));
      left(false);
      return;
    }
    try {
      if (!parts.room().enter(this, BUSY)) {
        fail(BackendFailure.BUSY, unavailable(503, BackendErrors.busy(name()), BUSY));
        left(false);
        return;
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      fail(BackendFailure.BUSY, unavailable(503, BackendErrors.busy(name()), BUSY));
      left(false);
      return;
    }
    boolean started = false;
    try {
      started = enter();
    } catch (RuntimeException broken) {
      parts.log().log(Level.ERROR, "server " + name() + " could not be started", broken);
      fail(BackendFailure.UNREACHABLE, unavailable(502, StdioErrors.notStarted(name()), null));
    } finally {
      if (!started) {
        left(false);
      }
    }
  }

  /** Returns whether there is a child now, whose end will be told. */
  private boolean enter() {
    switch (parts.environment().of(caller)) {
      case Result.Refused<ChildEnvironment.Ready, ChannelFailure>(ChannelFailure failure) -> {
        fail(null, failure);
        return false;
      }
      case Result.Ok<ChildEnvironment.Ready, ChannelFailure>(ChildEnvironment.Ready ready) -> {
        try {
          return start(ready);
        } catch (IOException failure) {
          parts.log().log(Level.WARNING, "server " + name() + " could not be started", failure);
          parts.backOff().failed(user(), false, parts.ticker().now());
          fail(BackendFailure.UNREACHABLE, unavailable(502, StdioErrors.notStarted(name()), null));
          return false;
        }
      }
    }
  }

  private boolean start(ChildEnvironment.Ready ready) throws IOException {
    synchronized (this) {
      if (state == State.CLOSED) {
        return false;
      }
    }
    StdioSettings settings = parts.settings();
    String home = parts.homes().open(name(), user(), settings.account());
    hasHome = true;
    Map<String, String> variables = new HashMap<>(ready.variables());
    variables.putIfAbsent("HOME", home);
    String directory = settings.directory();
    Process process =
        parts
            .host()
            .start(
                settings.command(),
                variables,
                directory == null ? home : directory,
                settings.account());
    Child begun =
        new Child(
            name(),
            process,
            parts.budget(),
            new ChildLog(name(), ready.token(), parts.log()),
            this,
            parts.log());
    parts.observer().childStarted(name());
    synchronized (this) {
      child = begun;
      token = ready.token();
      startedAt = parts.ticker().now();
      if (state == State.OPENING) {
        state = State.OPEN;
      }
    }
    begun.begin();
    var _ = process.onExit().thenRun(() -> parts.later(() -> ended(process, begun)));
    parts.ticker().add(this);
    if (isClosed()) {
      stop();
    }
    return true;
  }

  @Override
  public void send(Outgoing message) {
    synchronized (this) {
      lastUsed = parts.ticker().now();
    }
    if (!outbox.add(message)) {
      parts.later(
          () -> {
            warn("it does not read what it is sent");
            fail(BackendFailure.BUSY, unavailable(503, BackendErrors.busy(name()), BUSY));
          });
    }
  }

  @Override
  public byte @Nullable [] next() throws InterruptedException {
    Outbox.Next next = outbox.take();
    return next == null || (next.alone() && isOutdated(next.message()))
        ? null
        : next.message().octets();
  }

  /** Ends the channel if the child has another upstream token than the user. Blocks. */
  private boolean isOutdated(Outgoing message) {
    if (!parts.environment().hasToken()) {
      return false;
    }
    return switch (parts.environment().token(message.cause().caller())) {
      case Result.Ok<Secret, ChannelFailure>(Secret now) when now.equals(boundTo()) -> false;
      case Result.Ok<Secret, ChannelFailure> _ -> {
        parts.log().log(Level.DEBUG, () -> "server " + name() + ": a token was renewed");
        fail(null, new ChannelFailure.Ended(StdioErrors.restarting(name()), true));
        yield true;
      }
      case Result.Refused<Secret, ChannelFailure>(ChannelFailure.SignInAgain again) -> {
        fail(null, again);
        yield true;
      }
      case Result.Refused<Secret, ChannelFailure> _ -> false; // the old one may still be good
    };
  }

  @Override
  public void said(RpcMessage message) {
    synchronized (this) {
      if (state == State.CLOSED) {
        return;
      }
      works = true;
      lastUsed = parts.ticker().now();
    }
    if (message instanceof RpcMessage.Response response) {
      outbox.answered(response);
    }
    listener.received(message, NONE);
  }

  @Override
  public void spoiled(BackendFailure kind, String why) {
    if (!isClosed()) {
      warn(why);
      parts.backOff().failed(user(), hasWorked(), parts.ticker().now());
    }
    RpcError error =
        kind == BackendFailure.UNUSABLE
            ? BackendErrors.unreadable(name())
            : BackendErrors.brokenOff(name());
    fail(kind, unavailable(502, error, null));
  }

  private void warn(String why) {
    parts.log().log(Level.WARNING, () -> "server " + name() + ": " + why + "; it is ended");
  }

  /** The process is gone. Blocks. */
  private void ended(Process process, Child gone) {
    parts.host().ended(process);
    try {
      gone.drain();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    if (!isClosed()) {
      int code = process.exitValue();
      parts.log().log(
          code == 0 && hasWorked() ? Level.INFO : Level.WARNING,
          "server {0} {1} (exit code {2}){3}",
          name(),
          hasWorked() ? "has ended" : "could not be started",
          code,
          gone.lastErrors().isEmpty() ? "" : ": " + String.join(" | ", gone.lastErrors()));
      if (hasWorked()) {
        endedByItself(code);
      } else {
        parts.backOff().failed(user(), false, parts.ticker().now());
        fail(BackendFailure.UNREACHABLE, unavailable(502, StdioErrors.notStarted(name()), null));
      }
    } else if (isSound()) {
      parts.backOff().succeeded(user());
    }
    left(true);
  }

  private void endedByItself(int code) {
    if (isSound()) {
      parts.backOff().succeeded(user());
    }
    if (code != 0) {
      parts.backOff().failed(user(), true, parts.ticker().now());
    }
    fail(
        BackendFailure.BROKEN_OFF,
        new ChannelFailure.Ended(BackendErrors.brokenOff(name()), false));
  }

  private synchronized boolean isSound() {
    return works && !parts.ticker().now().isBefore(startedAt.plus(SOUND));
  }

  private void left(boolean started) {
    parts.ticker().remove(this);
    if (hasHome) {
      parts.homes().release(name(), user());
    }
    if (started) {
      parts.observer().childEnded(name());
    }
    parts.room().leave(this);
    parts.gone(this);
  }

  @Override
  public void abandon(long request) {
    outbox.abandon(request);
  }

  @Override
  public void tick(Instant now) {
    boolean late;
    synchronized (this) {
      late = !works && now.isAfter(startedAt.plus(parts.settings().start()));
    }
    if ((late && outbox.hasAsked()) || outbox.isUnread(now)) {
      parts.later(this::tooLate);
    }
  }

  private void tooLate() {
    if (isClosed()) {
      return;
    }
    warn(hasWorked() ? "it does not read what it is sent" : "it did not answer after its start");
    parts.backOff().failed(user(), hasWorked(), parts.ticker().now());
    fail(
        BackendFailure.LATE,
        unavailable(
            504, hasWorked() ? BackendErrors.late(name()) : StdioErrors.notStarted(name()), null));
  }

  @Override
  public void close() {
    wanted = false;
    if (shut()) {
      stop();
    }
  }

  @Override
  public boolean givesWay() {
    synchronized (this) {
      boolean idle =
          state == State.OPEN
              && outbox.isIdle()
              && !parts.ticker().now().isBefore(lastUsed.plus(IDLE));
      if (!idle || !shut()) {
        return false;
      }
    }
    parts.later(
        () -> {
          tell(new ChannelFailure.Ended(StdioErrors.stopped(name()), true));
          stop();
        });
    return true;
  }

  /**
   * Ends the channel and says why.
   *
   * @param kind to be counted; null if it is no failure of the server
   */
  void fail(@Nullable BackendFailure kind, ChannelFailure failure) {
    if (shut()) {
      if (kind != null) {
        parts.observer().backendFailed(name(), kind);
      }
      tell(failure);
      stop();
    }
  }

  private void tell(ChannelFailure failure) {
    if (wanted) {
      listener.closed(failure);
    }
  }

  /** Returns whether it was not closed before. */
  private synchronized boolean shut() {
    if (state == State.CLOSED) {
      return false;
    }
    state = State.CLOSED;
    outbox.close();
    return true;
  }

  /** Has the child ended, if there is one; it has been told by {@link #next} already. */
  private void stop() {
    Child running;
    synchronized (this) {
      running = child;
    }
    parts.room().isLeaving(this);
    if (running != null) {
      parts.later(() -> running.stop(parts.host(), parts.patience()));
    }
  }

  private synchronized Secret boundTo() {
    return Objects.requireNonNull(token);
  }

  private synchronized boolean isClosed() {
    return state == State.CLOSED;
  }

  private synchronized boolean hasWorked() {
    return works;
  }

  @Override
  public Subject user() {
    return caller.subject();
  }

  @Override
  public synchronized Instant lastUsed() {
    return lastUsed;
  }

  private String name() {
    return parts.settings().name();
  }

  private static ChannelFailure unavailable(
      int status, RpcError error, @Nullable Duration retryAfter) {
    return new ChannelFailure.Unavailable(status, error, retryAfter, null);
  }
}
