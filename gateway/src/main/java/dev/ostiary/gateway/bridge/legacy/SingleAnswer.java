package dev.ostiary.gateway.bridge.legacy;

import dev.ostiary.gateway.bridge.reply.EventReply;
import dev.ostiary.gateway.peer.ChannelFailure;

/** The reply to a request that came alone. */
record SingleAnswer(EventReply events) implements Answering {
  @Override
  public boolean send(byte[] json) {
    return events.send(json);
  }

  @Override
  public void answer(int status, byte[] json) {
    events.answer(status, json);
  }

  @Override
  public void fail(ChannelFailure failure) {
    events.fail(failure);
  }

  @Override
  public void withdraw() {
    events.withdraw();
  }
}
