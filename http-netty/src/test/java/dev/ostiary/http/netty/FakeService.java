package dev.ostiary.http.netty;

import dev.ostiary.http.Exchange;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Service;
import java.util.function.Consumer;

/** A service that does what a test says, with contents of up to 64 KiB. */
record FakeService(int limit, Consumer<Exchange> work) implements Service {
  static FakeService doing(Consumer<Exchange> work) {
    return new FakeService(64 * 1024, work);
  }

  static FakeService answering(Reply reply) {
    return doing(exchange -> exchange.reply(reply));
  }

  @Override
  public int bodyLimit(String method, String path) {
    return limit;
  }

  @Override
  public void serve(Exchange exchange) {
    work.accept(exchange);
  }
}
