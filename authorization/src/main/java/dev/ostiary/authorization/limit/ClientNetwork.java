package dev.ostiary.authorization.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Where requests come from, as limits count it: an IPv4 address, or the first 64 bits of an IPv6
 * address, since one subscriber has at least as many as those (RFC 6177 §2).
 */
record ClientNetwork(boolean isIpv6, long bits) {
  static ClientNetwork of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet6Address
        ? new ClientNetwork(true, bytes.getLong())
        : new ClientNetwork(false, Integer.toUnsignedLong(bytes.getInt()));
  }
}
