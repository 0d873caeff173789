package dev.ostiary.http;

/** An exchange whose request comes from the address that a trusted proxy reports. */
record ForwardedExchange(Exchange inner, Request request) implements Exchange {
  @Override
  public void reply(Reply reply) {
    inner.reply(reply);
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
