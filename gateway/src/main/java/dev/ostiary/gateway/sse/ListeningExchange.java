package dev.ostiary.gateway.sse;

import dev.ostiary.gateway.stream.AnswerEvents;
import dev.ostiary.http.Body;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;

/** The GET for what belongs to no request: its events become messages of the client's stream. */
final class ListeningExchange implements Exchange {
  private final SseSession session;
  private final Request request;

  ListeningExchange(SseSession session, Request request) {
    this.session = session;
    this.request = request;
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public void reply(Reply reply) {
    boolean events = reply.status() == 200 && AnswerEvents.isIn(reply.headers());
    if (events && reply.body() instanceof Body.Streamed streamed) {
      EventReader reader = new EventReader(session::send, () -> session.listened(true));
      session.onClose(reader::cancel);
      streamed.source().subscribe(reader);
      return;
    }
    if (reply.body() instanceof Body.Streamed other) {
      other.discard();
    }
    session.listened(reply.status() >= 500);
  }

  @Override
  public void onAbort(Runnable action) {
    session.onClose(action);
  }
}
