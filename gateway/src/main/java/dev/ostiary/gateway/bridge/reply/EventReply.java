package dev.ostiary.gateway.bridge.reply;

import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.reply.AnswerForm;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.stream.EventQueue;
import dev.ostiary.gateway.stream.StreamTimeouts;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.RpcError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The reply to one request of a client: JSON if its answer comes before anything else, otherwise a
 * stream of events that ends with the answer. A client that takes JSON only gets the answer only.
 */
public final class EventReply {
  /** What a client has not taken yet of one stream. */
  private static final int HELD = 4 * 1024 * 1024;

  private static final Headers EVENTS = Headers.of("Content-Type", "text/event-stream");
  private static final Headers JSON = Headers.of("Content-Type", "application/json");

  private final CallReply reply;
  private final @Nullable RawJson id;
  private final boolean streams;
  private final StreamTimeouts timeouts;
  private final Runnable onCancel;
  private Headers fields = Headers.none();
  private @Nullable EventQueue events;
  private boolean answered;

  /**
   * @param id of the request; null if there is no single one
   * @param form in which the client takes answers
   * @param onCancel runs once if the answer is not wanted any more before it is there; must not
   *     block
   */
  public EventReply(
      CallReply reply,
      @Nullable RawJson id,
      AnswerForm form,
      StreamTimeouts timeouts,
      Runnable onCancel) {
    this.reply = reply;
    this.id = id;
    this.streams = form != AnswerForm.JSON;
    this.timeouts = timeouts;
    this.onCancel = onCancel;
    reply.onCancel(onCancel);
  }

  /** A header field for the answer, if it has not begun. */
  public synchronized void with(String name, String value) {
    fields = fields.with(name, value);
  }

  /** Whether something can be sent before the answer. */
  public boolean isStreamable() {
    return streams;
  }

  /** Whether a stream of events has begun. */
  public synchronized boolean isStreaming() {
    return events != null;
  }

  /** Sends a message before the answer. Returns whether the client will get it. */
  public boolean send(byte[] json) {
    EventQueue to;
    synchronized (this) {
      if (!streams || answered) {
        return false;
      }
      to = begun();
    }
    return to.write(json);
  }

  /** The answer. Only the first one counts. */
  public void answer(int status, byte[] json) {
    EventQueue to;
    Headers with;
    synchronized (this) {
      if (answered) {
        return;
      }
      answered = true;
      to = events;
      with = fields;
    }
    if (to != null) {
      to.write(json);
      to.end();
    } else if (with.fields().isEmpty()) {
      reply.json(status, json);
    } else {
      Headers all = JSON;
      for (Headers.Field field : with.fields()) {
        all = all.with(field.name(), field.value());
      }
      reply.relay(new Reply(status, all, Body.of(json)), timeouts, () -> {});
    }
  }

  /** Ends a stream without an answer; begins it if need be. */
  public void end() {
    EventQueue to;
    synchronized (this) {
      if (answered) {
        return;
      }
      answered = true;
      to = begun();
    }
    to.end();
  }

  /** In place of the answer. */
  public void fail(ChannelFailure failure) {
    switch (failure) {
      case ChannelFailure.SignInAgain _ when isUnbegun() -> {
        synchronized (this) {
          answered = true;
        }
        reply.signInAgain();
      }
      case ChannelFailure.SignInAgain _ ->
          answer(200, RpcError.unauthorized("Sign in again").toJson(id));
      case ChannelFailure.Answered _ -> {
        synchronized (this) {
          answered = true;
        }
      }
      case ChannelFailure.Ended(var error, _) -> answer(502, error.toJson(id));
      case ChannelFailure.Unavailable(int status, var error, Duration retryAfter, _) -> {
        if (retryAfter != null) {
          with("Retry-After", Long.toString(Math.max(1, retryAfter.plusMillis(999).toSeconds())));
        }
        answer(status, error.toJson(id));
      }
    }
  }

  private synchronized boolean isUnbegun() {
    return events == null && !answered;
  }

  private synchronized EventQueue begun() {
    EventQueue known = events;
    if (known != null) {
      return known;
    }
    EventQueue queue = new EventQueue(HELD, onCancel);
    events = queue;
    Headers all = EVENTS;
    for (Headers.Field field : fields.fields()) {
      all = all.with(field.name(), field.value());
    }
    reply.relay(new Reply(200, all, new Body.Streamed(queue)), timeouts, () -> {});
    return queue;
  }
}
