package dev.ostiary.embed;

import dev.ostiary.http.Body;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Service;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** An exchange without a connection. */
final class FakeExchange implements Exchange {
  private final Request request;
  private final CompletableFuture<Reply> reply = new CompletableFuture<>();

  private FakeExchange(Request request) {
    this.request = request;
  }

  /** A service that never answers. */
  static Service nobody() {
    return answering(_ -> {});
  }

  static Service answering(Consumer<Exchange> answer) {
    return answer::accept;
  }

  static Reply get(Service service, String host, String path) {
    return serve(service, "GET", host, path);
  }

  static Reply serve(Service service, String method, String host, String path) {
    return serve(
        service,
        new Request(
            "r1",
            method,
            path,
            "",
            Headers.of("Host", host, "Content-Type", "application/json"),
            Body.utf8(method.equals("POST") ? "{}" : ""),
            InetAddress.getLoopbackAddress()));
  }

  static Reply serve(Service service, Request request) {
    FakeExchange exchange = new FakeExchange(request);
    service.serve(exchange);
    return exchange.reply.orTimeout(10, TimeUnit.SECONDS).join();
  }

  static String text(Reply reply) {
    return ((Body.Whole) reply.body()).utf8();
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public void reply(Reply answer) {
    reply.complete(answer);
  }

  @Override
  public void onAbort(Runnable action) {}
}
