package dev.ostiary.testkit;

import dev.ostiary.http.Exchange;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Service;
import java.net.InetAddress;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Calls a service of the same process, as if it were at the other end of a network. */
public final class ServiceOutbound implements Outbound {
  private final Service service;
  private final AtomicLong sent = new AtomicLong();

  public ServiceOutbound(Service service) {
    this.service = service;
  }

  @Override
  public CompletableFuture<Reply> send(OutboundRequest request) {
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    service.serve(new Call(received(request), answer));
    return answer;
  }

  @Override
  public void close() {}

  private Request received(OutboundRequest request) {
    URI uri = request.uri();
    Headers headers = request.headers().replace("Host", uri.getRawAuthority());
    return new Request(
        "call-" + sent.incrementAndGet(),
        request.method(),
        uri.getRawPath(),
        uri.getRawQuery() == null ? "" : uri.getRawQuery(),
        headers,
        request.body(),
        InetAddress.getLoopbackAddress());
  }

  private record Call(Request request, CompletableFuture<Reply> answer) implements Exchange {
    @Override
    public void reply(Reply reply) {
      answer.complete(reply);
    }

    @Override
    public void onAbort(Runnable action) {
      var _ =
          answer.whenComplete(
              (_, _) -> {
                if (answer.isCancelled()) {
                  action.run();
                }
              });
    }
  }
}
