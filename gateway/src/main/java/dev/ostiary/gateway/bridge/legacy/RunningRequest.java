package dev.ostiary.gateway.bridge.legacy;

import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.mcp.rpc.RpcMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One request of a client, from its arrival to its answer. */
final class RunningRequest implements Peer.Listener, Conversation.Use {
  private final Session session;
  private final RpcMessage.Request message;
  private final Cause cause;
  private final Answering answering;
  private final Runnable onDone;
  private Peer.@Nullable Call call;
  private Instant since;
  private int questions;
  private boolean ended;
  private boolean givenUp;

  /**
   * @param answering where its answer goes; it runs what it is given when the client does not want
   *     it any more
   */
  RunningRequest(
      Session session,
      RpcMessage.Request message,
      Cause cause,
      Function<Runnable, Answering> answering) {
    this.session = session;
    this.message = message;
    this.cause = cause;
    this.since = session.now();
    this.onDone = session.remembered().asking(message, cause);
    this.answering = answering.apply(this::abandon);
  }

  Cause cause() {
    return cause;
  }

  /** The backend has done what was asked for. */
  void done() {
    onDone.run();
  }

  boolean hasId(JsonNode id) {
    return message.id().equals(id);
  }

  /** Sends a message before the answer. Returns whether the client will get it. */
  boolean send(byte[] json) {
    return answering.send(json);
  }

  @Override
  public void with(Peer peer) {
    synchronized (this) {
      if (ended) {
        return;
      }
      since = session.now();
    }
    Peer.Call begun = peer.request(message.method(), message.params(), cause, this);
    boolean late;
    synchronized (this) {
      call = begun;
      late = givenUp;
    }
    if (late) {
      begun.cancel();
    }
  }

  @Override
  public void without(ChannelFailure failure) {
    fail(failure);
  }

  @Override
  public void notified(RpcMessage.Notification notification) {
    restartClock();
    session.sayAbout(this, notification);
  }

  @Override
  public void asked(Peer.Question question) {
    restartClock();
    session.questions().ask(question, this);
  }

  @Override
  public void answered(RpcMessage.Response response) {
    if (end(false)) {
      session.finished(this, response);
      answering.answer(200, response.to(message.id()).toJson());
    }
  }

  @Override
  public void failed(ChannelFailure failure) {
    boolean lost = failure instanceof ChannelFailure.Ended;
    fail(failure);
    if (lost) {
      session.end();
    }
  }

  /** Answers with an error if there is no answer yet, and asks the backend for none any more. */
  void fail(ChannelFailure failure) {
    if (end(true)) {
      session.finished(this, null);
      answering.fail(failure);
    }
  }

  /** The client does not want it any more. */
  void withdraw() {
    if (end(true)) {
      session.finished(this, null);
      answering.withdraw();
    }
  }

  /** The client cannot be answered any more. */
  private void abandon() {
    if (end(true)) {
      session.finished(this, null);
    }
  }

  /** Whether nothing has been heard of it for so long, and it is not the client's turn. */
  synchronized boolean isLate(Instant now, Duration limit) {
    return !ended && questions == 0 && Duration.between(since, now).compareTo(limit) >= 0;
  }

  /** While a question is open, it is the client whose answer is awaited. */
  synchronized void questionOpened() {
    questions++;
  }

  synchronized void questionClosed() {
    questions--;
    since = session.now();
  }

  private synchronized void restartClock() {
    since = session.now();
  }

  /** Whether this is the first end. */
  private boolean end(boolean givingUp) {
    Peer.Call begun;
    synchronized (this) {
      if (ended) {
        return false;
      }
      ended = true;
      givenUp = givingUp;
      begun = givingUp ? call : null;
    }
    if (begun != null) {
      begun.cancel();
    }
    return true;
  }
}
