package dev.ostiary.gateway.remote;

import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.mcp.Event;
import org.jspecify.annotations.Nullable;

/** An answer that changes nothing. */
final class IgnoredReply extends OwnReply {
  IgnoredReply(Ticker ticker, String server) {
    super(ticker, server, null);
  }

  @Override
  void content(int status, byte[] content) {}

  @Override
  void taken() {}

  @Override
  void failed(ChannelFailure failure) {}

  @Override
  public void event(Event event) {}

  @Override
  public void over(@Nullable Throwable broken) {}
}
