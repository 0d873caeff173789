package dev.ostiary.http.netty.outbound;

import dev.ostiary.http.ClientSettings;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.Outbounds;
import dev.ostiary.http.netty.EventLoops;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Opens ways to call servers that all move their octets on the same event loops. */
public final class NettyOutbounds implements Outbounds {
  private final EventLoops loops;

  public NettyOutbounds(EventLoops loops) {
    this.loops = loops;
  }

  @Override
  public Outbound open(ClientSettings how) {
    try {
      return new NettyOutbound(loops, how);
    } catch (IOException untrusting) {
      throw new UncheckedIOException(untrusting);
    }
  }
}
