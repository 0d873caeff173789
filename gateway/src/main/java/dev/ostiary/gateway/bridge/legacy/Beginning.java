package dev.ostiary.gateway.bridge.legacy;

import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.bridge.reply.ConversationSettings;
import dev.ostiary.gateway.bridge.reply.EventReply;
import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.gateway.peer.PeerOpener.Opening;
import dev.ostiary.gateway.reply.AnswerForm;
import dev.ostiary.gateway.reply.BackendErrors;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.session.SealedSessions;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.mcp.Revision;
import dev.ostiary.mcp.rpc.RpcMessage;
import java.time.Instant;
import java.util.Optional;

/** One {@code initialize}: a session from the opening of its conversation to the answer. */
final class Beginning implements Ticker.Tickable {
  private final Session session;
  private final ConversationSettings settings;
  private final SealedSessions seal;
  private final Ticker ticker;
  private final RpcMessage.Request message;
  private final AdmittedCall call;
  private final CallReply reply;
  private final EventReply answer;
  private final Instant since;

  Beginning(
      Session session,
      ConversationSettings settings,
      SealedSessions seal,
      Ticker ticker,
      RpcMessage.Request message,
      AdmittedCall call,
      CallReply reply) {
    this.session = session;
    this.settings = settings;
    this.seal = seal;
    this.ticker = ticker;
    this.message = message;
    this.call = call;
    this.reply = reply;
    this.since = ticker.now();
    this.answer =
        new EventReply(
            reply,
            call.id(),
            AnswerForm.of(call.head().request().headers()),
            settings.streams(),
            this::abandon);
  }

  void begin() {
    ticker.add(this);
    session.begin(Cause.of(call, reply), this::opened);
  }

  private void opened(Opening opening) {
    ticker.remove(this);
    switch (opening) {
      case Opening.Open(Peer peer) -> open(peer);
      case Opening.Refused(RpcMessage.Failure failure) -> {
        session.end();
        answer.answer(200, failure.to(message.id()).toJson());
      }
      case Opening.Failed(ChannelFailure failure) -> fail(failure);
    }
  }

  /** An ended session has told its client why, or has none. */
  private void open(Peer peer) {
    Optional<Revision> revision =
        Revision.ruling(peer.welcome().path("protocolVersion").asString(""))
            .filter(settled -> !settled.isModern());
    if (revision.isEmpty()) {
      fail(
          new ChannelFailure.Unavailable(
              502, BackendErrors.unreadable(settings.name()), null, null));
    } else if (session.isOver()) {
      fail(new ChannelFailure.Ended(BackendErrors.brokenOff(settings.name()), false));
    } else {
      answer.with("Mcp-Session-Id", seal.seal(session.id(), revision.get(), call.head().caller()));
      session.begun(peer);
      answer.answer(200, new RpcMessage.Result(message.id(), peer.welcome().deepCopy()).toJson());
    }
  }

  private void fail(ChannelFailure failure) {
    session.end();
    answer.fail(failure);
  }

  /** No answer is wanted any more, because the grant has ended, or Ostiary stops. */
  private void abandon() {
    ticker.remove(this);
    session.end();
  }

  @Override
  public void tick(Instant now) {
    if (!now.isBefore(since.plus(settings.answer()))) {
      ticker.remove(this);
      fail(new ChannelFailure.Unavailable(504, BackendErrors.late(settings.name()), null, null));
    }
  }
}
