package dev.ostiary.http;

import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An exchange without a connection: it keeps the first reply. */
final class FakeExchange implements Exchange {
  private final Request request;
  private final CompletableFuture<Reply> reply = new CompletableFuture<>();

  FakeExchange(String method, String path, String... headers) {
    this(method, path, Body.empty(), headers);
  }

  private FakeExchange(String method, String path, Body.Whole body, String... headers) {
    this.request =
        new Request(
            "5e1f0000c0ffee00",
            method,
            path,
            "code=secret-code",
            Headers.of(headers),
            body,
            InetAddress.getLoopbackAddress());
  }

  static Reply serve(Service service, String method, String path, String... headers) {
    FakeExchange exchange = new FakeExchange(method, path, headers);
    service.serve(exchange);
    return exchange.answer();
  }

  /** Sends a content of so many octets. */
  static int send(Service service, String method, String path, int octets, String... headers) {
    FakeExchange exchange = new FakeExchange(method, path, Body.of(new byte[octets]), headers);
    service.serve(exchange);
    return exchange.answer().status();
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
