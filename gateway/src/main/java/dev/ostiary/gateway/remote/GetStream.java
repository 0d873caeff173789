package dev.ostiary.gateway.remote;

import dev.ostiary.gateway.backend.AdmittedListening;
import dev.ostiary.gateway.backend.CallHead;
import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.Channel;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.session.BackendSession;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.http.Headers;
import dev.ostiary.mcp.Event;
import dev.ostiary.mcp.rpc.RpcMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is asked for by GET, again and again as long as it is wanted: the one of what a
 * server says unasked, or the rest of another one that broke off (2025-11-25, Resumability and
 * Redelivery).
 */
final class GetStream implements Ticker.Tickable {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** So often the rest of a stream is asked for in vain. */
  private static final int ATTEMPTS = 5;

  /** Gets what the server says. Must not block. */
  interface Handler {
    void received(RpcMessage message);

    /** Whether nothing more is wanted. */
    boolean isFinished();

    /** There is no such stream, and never will be. */
    void gone();
  }

  private final HttpChannel channel;
  private final Cause cause;
  private final Handler handler;
  private final boolean resumes;
  private volatile @Nullable String lastEvent;
  private volatile long retry;
  private final AtomicInteger failures = new AtomicInteger();
  private volatile @Nullable Instant next;
  private volatile @Nullable Answer answer;
  private volatile boolean closed;

  /** The stream of what is said unasked. */
  GetStream(HttpChannel channel, Cause cause, Handler handler) {
    this.channel = channel;
    this.cause = cause;
    this.handler = handler;
    this.resumes = false;
    this.lastEvent = null;
    this.retry = -1;
  }

  /**
   * The rest of another stream.
   *
   * @param lastEvent that came of it
   * @param retry pause before it is asked for, in milliseconds; -1 if it was not told
   */
  GetStream(HttpChannel channel, Cause cause, Handler handler, String lastEvent, long retry) {
    this.channel = channel;
    this.cause = cause;
    this.handler = handler;
    this.resumes = true;
    this.lastEvent = lastEvent;
    this.retry = retry;
  }

  void open() {
    if (resumes && retry > 0) {
      later(Duration.ofMillis(retry));
    } else {
      ask();
    }
  }

  void close() {
    closed = true;
    channel.ticker().remove(this);
    Answer open = answer;
    if (open != null) {
      open.cancel();
    }
    channel.forget(this);
  }

  @Override
  public void tick(Instant now) {
    Instant due = next;
    if (due != null && !now.isBefore(due)) {
      next = null;
      channel.ticker().remove(this);
      ask();
    }
  }

  private void later(Duration pause) {
    next = channel.ticker().now().plus(pause);
    channel.ticker().add(this);
    if (closed) {
      channel.ticker().remove(this);
    }
  }

  private void ask() {
    if (closed || handler.isFinished()) {
      close();
      return;
    }
    CallHead head = Posting.head(cause, "GET", Headers.none(), channel.agreed());
    Answer coming = new Answer();
    answer = coming;
    channel.backend().take(new AdmittedListening(head, backendEvent(head)), coming);
    if (closed) {
      coming.cancel();
    }
  }

  /** The backend's own id of the last event; null to begin with what comes next. */
  private @Nullable String backendEvent(CallHead head) {
    String event = lastEvent;
    BackendSession session = head.session();
    return event == null || session == null
        ? null
        : channel.backend().openEvent(event, session, head.caller()).orElse(null);
  }

  private void again() {
    if (handler.isFinished() || closed) {
      close();
    } else if (resumes && failures.get() >= ATTEMPTS) {
      gone();
    } else {
      int before = failures.getAndIncrement();
      Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(before, 6));
      Duration pause = before == 0 && retry >= 0 ? Duration.ofMillis(retry) : doubled;
      later(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    }
  }

  private void gone() {
    close();
    handler.gone();
  }

  /** What one GET is answered with. */
  private final class Answer extends OwnReply {
    Answer() {
      super(channel.ticker(), channel.server(), null);
    }

    @Override
    void content(int status, byte[] content) {
      if (status == 404 && channel.agreed().session() != null) {
        close();
        channel.lose(Channel.NONE);
      } else if (status >= 500) {
        again();
      } else if (!resumes && lastEvent != null && status != 405) {
        lastEvent = null; // it may not know that event any more
        again();
      } else {
        gone();
      }
    }

    @Override
    void taken() {
      gone();
    }

    @Override
    void failed(ChannelFailure failure) {
      if (failure instanceof ChannelFailure.Unavailable) {
        again();
      } else {
        gone();
      }
    }

    @Override
    public void event(Event event) {
      failures.set(0);
      String named = event.id();
      if (named != null) {
        lastEvent = named.isEmpty() ? null : named;
      }
      retry = event.retry() >= 0 ? event.retry() : retry;
      for (RpcMessage message : RpcMessage.readAll(event.data())) {
        handler.received(message);
      }
      if (handler.isFinished()) {
        close();
      }
    }

    @Override
    public void over(@Nullable Throwable broken) {
      again();
    }
  }
}
