package dev.ostiary.http;

/** An exchange whose reply names its request, and forbids browsers to guess its type. */
record StampedExchange(Exchange inner) implements Exchange {
  static Reply stamp(Request request, Reply reply) {
    return reply.replace("X-Request-Id", request.id()).replace("X-Content-Type-Options", "nosniff");
  }

  @Override
  public Request request() {
    return inner.request();
  }

  @Override
  public void reply(Reply reply) {
    inner.reply(stamp(request(), reply));
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
