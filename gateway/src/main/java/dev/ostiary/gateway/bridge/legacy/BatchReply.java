package dev.ostiary.gateway.bridge.legacy;

import dev.ostiary.gateway.bridge.reply.EventReply;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.RpcError;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The reply to a batch (2025-03-26): one JSON array of all answers, or a stream of events if
 * something was said before, or if the client takes nothing else.
 */
final class BatchReply {
  private final EventReply events;
  private final boolean asEvents;
  private final List<byte[]> answers = new ArrayList<>();
  private int missing;

  /**
   * @param asEvents whether the client takes events only
   * @param requests that will be answered
   */
  BatchReply(EventReply events, boolean asEvents, int requests) {
    this.events = events;
    this.asEvents = asEvents;
    this.missing = requests;
  }

  /** The place of the answer to the request with this id. */
  Answering part(RawJson id) {
    return new Part(id);
  }

  private void ended(byte[]... answer) {
    synchronized (this) {
      answers.addAll(List.of(answer));
      missing--;
      if (missing != 0) {
        return;
      }
    }
    if (answers.isEmpty()) {
      events.withdraw();
    } else if (asEvents || events.isBegun()) {
      answers.forEach(events::send);
      events.end();
    } else {
      events.answer(200, array());
    }
  }

  private byte[] array() {
    ByteArrayOutputStream array = new ByteArrayOutputStream();
    for (byte[] answer : answers) {
      array.write(array.size() == 0 ? '[' : ',');
      array.writeBytes(answer);
    }
    array.write(']');
    return array.toByteArray();
  }

  private final class Part implements Answering {
    private final RawJson id;

    Part(RawJson id) {
      this.id = id;
    }

    @Override
    public boolean send(byte[] json) {
      return events.send(json);
    }

    @Override
    public void answer(int status, byte[] json) {
      ended(json);
    }

    @Override
    public void fail(ChannelFailure failure) {
      switch (failure) {
        case ChannelFailure.SignInAgain _ when !events.isBegun() -> events.fail(failure);
        case ChannelFailure.Answered _ when !events.isBegun() -> events.fail(failure);
        case ChannelFailure.SignInAgain _ ->
            ended(RpcError.unauthorized("Sign in again").toJson(id));
        case ChannelFailure.Answered _ ->
            ended(RpcError.unauthorized("This call needs more scopes").toJson(id));
        case ChannelFailure.Ended(var error, _) -> ended(error.toJson(id));
        case ChannelFailure.Unavailable(_, var error, _, _) -> ended(error.toJson(id));
      }
    }

    @Override
    public void withdraw() {
      ended();
    }
  }
}
