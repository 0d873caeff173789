package dev.ostiary.http;

/** An exchange whose reply, an error too, may be read by scripts of any origin. */
record CrossOriginExchange(Exchange inner) implements Exchange {
  @Override
  public Request request() {
    return inner.request();
  }

  @Override
  public void reply(Reply reply) {
    inner.reply(CrossOrigin.readable(reply));
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
