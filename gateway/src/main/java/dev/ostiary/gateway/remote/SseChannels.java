package dev.ostiary.gateway.remote;

import dev.ostiary.gateway.backend.HttpBackend;
import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.Channel;
import dev.ostiary.gateway.peer.Channels;
import dev.ostiary.gateway.stream.Ticker;
import java.time.Duration;

/** Channels to a server that speaks the HTTP with SSE transport of 2024-11-05 only. */
public final class SseChannels implements Channels {
  private final HttpBackend backend;
  private final Ticker ticker;

  /**
   * @param backend whose address is where the stream is asked for
   */
  public SseChannels(HttpBackend backend, Ticker ticker) {
    this.backend = backend;
    this.ticker = ticker;
  }

  @Override
  public Channel open(Cause cause, Channel.Listener listener) {
    SseChannel channel = new SseChannel(backend, ticker, listener);
    channel.open(cause);
    return channel;
  }

  @Override
  public Duration probing() {
    return HttpChannels.PROBING;
  }

  @Override
  public boolean isPersonal() {
    return backend.isPersonal();
  }
}
