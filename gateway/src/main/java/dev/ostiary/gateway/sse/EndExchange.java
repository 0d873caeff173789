package dev.ostiary.gateway.sse;

import dev.ostiary.http.Body;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;

/** Ends the session of the backend; what is answered does not matter. */
record EndExchange(Request request) implements Exchange {
  @Override
  public void reply(Reply reply) {
    if (reply.body() instanceof Body.Streamed streamed) {
      streamed.discard();
    }
  }

  @Override
  public void onAbort(Runnable action) {}
}
