package dev.ostiary.http;

import java.net.InetAddress;
import java.util.Arrays;

/** A block of IP addresses that begin with the same bits, in CIDR notation (RFC 4632 §3.1). */
public final class AddressRange {
  private final byte[] network;
  private final int prefix;
  private final String text;

  private AddressRange(byte[] network, int prefix, String text) {
    this.network = network;
    this.prefix = prefix;
    this.text = text;
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address.
   *
   * @throws IllegalArgumentException if it is something else; the message says what
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    byte[] network =
        AddressLiteral.parse(address)
            .map(InetAddress::getAddress)
            .orElseThrow(() -> new IllegalArgumentException(address + " is not an IP address"));
    int longest = network.length * Byte.SIZE;
    int prefix = slash < 0 ? longest : prefix(text.substring(slash + 1), longest);
    for (int bit = prefix; bit < longest; bit++) {
      if (bit(network, bit) != 0) {
        throw new IllegalArgumentException(text + " is an address inside a range, not the range");
      }
    }
    return new AddressRange(network, prefix, text);
  }

  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != network.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      if (bit(bytes, bit) != bit(network, bit)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AddressRange that
        && prefix == that.prefix
        && Arrays.equals(network, that.network);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(network) + prefix;
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }

  private static int prefix(String text, int longest) {
    boolean digits = text.matches("[0-9]{1,3}");
    if (!digits || Integer.parseInt(text) > longest) {
      throw new IllegalArgumentException("/" + text + " is not a prefix of 0 to " + longest);
    }
    return Integer.parseInt(text);
  }

  private static int bit(byte[] bytes, int index) {
    return (bytes[index / Byte.SIZE] >> (Byte.SIZE - 1 - index % Byte.SIZE)) & 1;
  }
}
