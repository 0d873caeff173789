package dev.ostiary.gateway.task;

import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.stream.AnswerEvents;
import dev.ostiary.gateway.stream.FilteredEvents;
import dev.ostiary.gateway.stream.ReadAhead;
import dev.ostiary.gateway.stream.StreamTimeouts;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Scopes;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The answer to a call that may have tasks in it, which are given the client's ids. */
final class TaskReply implements CallReply {
  /** The longest answer, or event of it, that is held to be changed: 4 MiB. */
  private static final int HELD = 4 * 1024 * 1024;

  private final CallReply reply;
  private final TaskAnswer answer;
  private final Ticker ticker;
  private final Supplier<byte[]> unreadable;

  /**
   * @param unreadable in place of an answer that cannot be changed
   */
  TaskReply(CallReply reply, TaskAnswer answer, Ticker ticker, Supplier<byte[]> unreadable) {
    this.reply = reply;
    this.answer = answer;
    this.ticker = ticker;
    this.unreadable = unreadable;
  }

  @Override
  public void json(int status, byte[] json) {
    byte[] shown = answer.shown(json);
    if (shown.length == 0 && json.length > 0) {
      reply.json(502, unreadable.get());
    } else {
      reply.json(status, shown);
    }
  }

  @Override
  public void accepted() {
    reply.accepted();
  }

  @Override
  public void signInAgain() {
    reply.signInAgain();
  }

  @Override
  public boolean stepUp(Scopes wanted) {
    return reply.stepUp(wanted);
  }

  @Override
  public void relay(Reply from, StreamTimeouts timeouts, Runnable ended) {
    boolean events = AnswerEvents.isIn(from.headers());
    if (events) {
      Body shown = FilteredEvents.of(from.body(), answer::shown, HELD);
      reply.relay(new Reply(from.status(), from.headers(), shown), timeouts, ended);
      return;
    }
    switch (from.body()) {
      case Body.Whole whole -> whole(from, whole, timeouts, ended);
      case Body.Streamed streamed -> hold(from, streamed, timeouts, ended);
    }
  }

  private void whole(Reply from, Body.Whole whole, StreamTimeouts timeouts, Runnable ended) {
    byte[] shown = answer.shown(whole.bytes());
    if (shown.length == 0 && whole.length() > 0) {
      reply.json(502, unreadable.get());
      ended.run();
    } else {
      Headers headers =
          shown == whole.bytes() ? from.headers() : from.headers().without("Content-Length");
      reply.relay(new Reply(from.status(), headers, Body.of(shown)), timeouts, ended);
    }
  }

  private void hold(Reply from, Body.Streamed body, StreamTimeouts timeouts, Runnable ended) {
    var _ =
        new ReadAhead(body, ReadAhead.upTo(HELD), ticker, timeouts.idle())
            .read()
            .whenComplete(
                (read, _) -> {
                  if (read != null && read.body() instanceof Body.Whole whole) {
                    whole(from, whole, timeouts, ended);
                  } else {
                    if (read != null && read.body() instanceof Body.Streamed endless) {
                      endless.discard();
                    }
                    reply.json(502, unreadable.get());
                    ended.run();
                  }
                });
  }

  @Override
  public void unanswered() {
    reply.unanswered();
  }

  @Override
  public CompletionStage<Boolean> isRepeatable() {
    return reply.isRepeatable();
  }

  @Override
  public void onCancel(Runnable action) {
    reply.onCancel(action);
  }
}
