package dev.ostiary.gateway.remote;

import dev.ostiary.gateway.backend.HttpBackend;
import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.Channel;
import dev.ostiary.gateway.peer.Channels;
import dev.ostiary.gateway.stream.Ticker;
import java.time.Duration;

/** Channels to a server over Streamable HTTP, in whichever era. */
public final class HttpChannels implements Channels {
  /** Servers that do not know the question answer at once, or never. */
  static final Duration PROBING = Duration.ofSeconds(5);

  private final HttpBackend backend;
  private final Ticker ticker;

  public HttpChannels(HttpBackend backend, Ticker ticker) {
    this.backend = backend;
    this.ticker = ticker;
  }

  @Override
  public Channel open(Cause cause, Channel.Listener listener) {
    return new HttpChannel(backend, ticker, cause, listener);
  }

  @Override
  public Duration probing() {
    return PROBING;
  }

  @Override
  public boolean isPersonal() {
    return backend.isPersonal();
  }
}
