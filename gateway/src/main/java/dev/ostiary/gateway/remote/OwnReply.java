package dev.ostiary.gateway.remote;

import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.reply.BackendErrors;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.stream.AnswerEvents;
import dev.ostiary.gateway.stream.ReadAhead;
import dev.ostiary.gateway.stream.StreamTimeouts;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.protocol.Scopes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The answer to a request of our own, which is read here and passed on to no client. */
abstract class OwnReply implements CallReply, EventReader.Handler {
  private final Ticker ticker;
  private final String server;
  private final @Nullable CallReply client;
  private volatile @Nullable Runnable onCancel;
  private volatile @Nullable Runnable reading;
  private volatile @Nullable Duration left;
  private volatile boolean cancelled;

  /**
   * @param server its name
   * @param client whose call it is for; null if no client waits
   */
  OwnReply(Ticker ticker, String server, @Nullable CallReply client) {
    this.ticker = ticker;
    this.server = server;
    this.client = client;
  }

  /** The head of an answer is there. */
  void head(Headers headers) {}

  /** An answer as a whole. */
  abstract void content(int status, byte[] content);

  /** The message was taken; there is no answer. */
  abstract void taken();

  /** There will be no answer. */
  abstract void failed(ChannelFailure failure);

  /** Nothing more is wanted, and nothing more will be told. */
  final void cancel() {
    cancelled = true;
    Runnable asked = onCancel;
    if (asked != null) {
      asked.run();
    }
    Runnable read = reading;
    if (read != null) {
      read.run();
    }
  }

  final boolean isCancelled() {
    return cancelled;
  }

  /** Nothing more is expected: a stream of events has so long to end. */
  final void leave(Duration atMost) {
    left = atMost;
    if (reading instanceof Reading(EventReader reader)) {
      reader.wait(atMost);
    }
  }

  @Override
  public final void json(int status, byte[] json) {
    if (!cancelled) {
      content(status, json);
    }
  }

  @Override
  public final void accepted() {
    if (!cancelled) {
      taken();
    }
  }

  @Override
  public final void signInAgain() {
    refused(new ChannelFailure.SignInAgain());
  }

  @Override
  public final boolean stepUp(Scopes wanted) {
    if (cancelled || client == null || !client.stepUp(wanted)) {
      return false;
    }
    failed(new ChannelFailure.Answered());
    return true;
  }

  @Override
  public final void fail(
      int status, RpcError error, @Nullable RawJson id, @Nullable Duration retryAfter) {
    refused(new ChannelFailure.Unavailable(status, error, retryAfter, null));
  }

  private void refused(ChannelFailure failure) {
    if (!cancelled) {
      failed(failure);
    }
  }

  @Override
  public final void relay(Reply answer, StreamTimeouts timeouts, Runnable ended) {
    if (!cancelled) {
      head(answer.headers());
    }
    if (answer.status() == 200 && AnswerEvents.isIn(answer.headers())) {
      EventReader reader = new EventReader(this, ticker, timeouts.idle(), ended);
      begin(new Reading(reader));
      Duration rest = left;
      if (rest != null) {
        reader.wait(rest);
      }
      reader.read(answer.body());
      return;
    }
    switch (answer.body()) {
      case Body.Whole whole -> {
        ended.run();
        json(answer.status(), whole.bytes());
      }
      case Body.Streamed streamed -> collect(answer.status(), streamed, timeouts.idle(), ended);
    }
  }

  private void collect(int status, Body.Streamed streamed, Duration idle, Runnable ended) {
    CompletableFuture<ReadAhead.Beginning> whole =
        new ReadAhead(streamed, ReadAhead.upTo(EventReader.LONGEST), ticker, idle).read();
    var _ =
        whole.whenComplete(
            (read, _) -> {
              if (read != null && read.body() instanceof Body.Streamed endless) {
                endless.discard();
              }
              ended.run();
              if (read == null) {
                fail(502, BackendErrors.brokenOff(server), null, null);
              } else if (read.body() instanceof Body.Whole) {
                json(status, read.octets());
              } else {
                fail(502, BackendErrors.unreadable(server), null, null);
              }
            });
    begin(() -> whole.cancel(true));
  }

  private record Reading(EventReader reader) implements Runnable {
    @Override
    public void run() {
      reader.cancel();
    }
  }

  private void begin(Runnable cancelling) {
    reading = cancelling;
    if (cancelled) {
      cancelling.run();
    }
  }

  /** What is asked for its client may be sent again if the client's call may. */
  @Override
  public CompletionStage<Boolean> isRepeatable() {
    return client == null ? CompletableFuture.completedStage(false) : client.isRepeatable();
  }

  @Override
  public final void onCancel(Runnable action) {
    onCancel = action;
    if (cancelled) {
      action.run();
    }
  }
}
