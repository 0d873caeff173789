package dev.ostiary.http.netty;

import java.net.SocketAddress;
import java.time.InstantSource;

/**
 * Where and how a {@link NettyServer} listens.
 *
 * @param address an {@link java.net.InetSocketAddress}; a {@link java.net.UnixDomainSocketAddress}
 *     on {@link EventLoops#startLocal}
 * @param time for the {@code Date} of replies
 */
public record Options(SocketAddress address, Limits limits, Timeouts patience, InstantSource time) {
  /** The usual limits, at this address. */
  public static Options at(SocketAddress address, InstantSource time) {
    return new Options(address, Limits.ofThisHeap(), Timeouts.DEFAULT, time);
  }

  public Options with(Limits other) {
    return new Options(address, other, patience, time);
  }

  public Options with(Timeouts other) {
    return new Options(address, limits, other, time);
  }
}
