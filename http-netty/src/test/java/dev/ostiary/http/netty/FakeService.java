package dev.ostiary.http.netty;

import dev.ostiary.http.Body;
import dev.ostiary.http.ContentLimit;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Service;
import java.util.function.Consumer;

/** A service that reads contents of up to 64 KiB, and then does what a test says. */
record FakeService(Consumer<Exchange> work) implements Service {
  static final int LIMIT = 64 * 1024;

  static FakeService doing(Consumer<Exchange> work) {
    return new FakeService(work);
  }

  static FakeService answering(Reply reply) {
    return doing(exchange -> exchange.reply(reply));
  }

  @Override
  public void serve(Exchange exchange) {
    exchange.read(
        new ContentLimit(LIMIT, exchange.request().remote()),
        content -> work.accept(new Read(exchange, content)));
  }

  /** An exchange whose content has been read. */
  private record Read(Exchange inner, Body.Whole content) implements Exchange {
    @Override
    public Request request() {
      return inner.request().with(content);
    }

    @Override
    public void reply(Reply reply) {
      inner.reply(reply);
    }

    @Override
    public void onAbort(Runnable action) {
      inner.onAbort(action);
    }
  }
}
