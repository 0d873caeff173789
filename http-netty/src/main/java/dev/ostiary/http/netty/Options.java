package dev.ostiary.http.netty;

import java.net.InetSocketAddress;
import java.time.InstantSource;

/**
 * Where and how a {@link NettyServer} listens.
 *
 * @param time for the {@code Date} of replies
 */
public record Options(
    InetSocketAddress address, Limits limits, Timeouts patience, InstantSource time) {
  /** The usual limits, at this address. */
  public static Options at(InetSocketAddress address, InstantSource time) {
    return new Options(address, Limits.ofThisHeap(), Timeouts.DEFAULT, time);
  }

  public Options with(Limits other) {
    return new Options(address, other, patience, time);
  }

  public Options with(Timeouts other) {
    return new Options(address, limits, other, time);
  }
}
