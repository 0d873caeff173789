package dev.ostiary.http;

import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An exchange without a connection: it keeps the first reply. */
final class FakeExchange implements Exchange {
  private final Request request;
  private final CompletableFuture<Reply> reply = new CompletableFuture<>();

  FakeExchange(String method, String path, String... headers) {
    this.request =
        new Request(
            "5e1f0000c0ffee00",
            method,
            path,
            "code=secret-code",
            Headers.of(headers),
            Body.empty(),
            InetAddress.getLoopbackAddress());
  }

  static Reply serve(Service service, String method, String path, String... headers) {
    FakeExchange exchange = new FakeExchange(method, path, headers);
    service.serve(exchange);
    return exchange.answer();
  }

  Reply answer() {
    return reply.orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public void reply(Reply reply) {
    this.reply.complete(reply);
  }

  @Override
  public void onAbort(Runnable action) {}
}
