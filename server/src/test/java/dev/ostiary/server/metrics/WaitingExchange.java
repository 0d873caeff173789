package dev.ostiary.server.metrics;

import dev.ostiary.http.Exchange;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Service;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An exchange without sockets, whose reply can be waited for. */
final class WaitingExchange implements Exchange {
  private final Request request;
  private final CompletableFuture<Reply> reply = new CompletableFuture<>();

  private WaitingExchange(Request request) {
    this.request = request;
  }

  static Reply answer(Service service, Request request) {
    WaitingExchange exchange = new WaitingExchange(request);
    service.serve(exchange);
    return exchange.reply.orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public void reply(Reply first) {
    reply.complete(first);
  }

  @Override
  public void onAbort(Runnable action) {}
}
