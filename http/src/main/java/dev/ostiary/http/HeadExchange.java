package dev.ostiary.http;

/**
 * A HEAD request answered as GET would be, without the content (RFC 9110 §9.3.2). The endpoint sees
 * GET.
 */
final class HeadExchange implements Exchange {
  private final Exchange inner;
  private final Request asGet;

  HeadExchange(Exchange inner) {
    Request head = inner.request();
    this.inner = inner;
    this.asGet =
        new Request(
            head.id(),
            "GET",
            head.path(),
            head.query(),
            head.headers(),
            head.body(),
            head.remote());
  }

  @Override
  public Request request() {
    return asGet;
  }

  @Override
  public void reply(Reply reply) {
    inner.reply(
        switch (reply.body()) {
          case Body.Whole whole -> {
            Reply empty = new Reply(reply.status(), reply.headers(), Body.empty());
            yield empty.replace("Content-Length", Integer.toString(whole.length()));
          }
          case Body.Streamed streamed -> {
            streamed.discard();
            yield new Reply(reply.status(), reply.headers(), Body.empty());
          }
        });
  }

  @Override
  public void onAbort(Runnable action) {
    inner.onAbort(action);
  }

  @Override
  public void read(ContentLimit limit, Content content) {
    inner.read(limit, content);
  }
}
