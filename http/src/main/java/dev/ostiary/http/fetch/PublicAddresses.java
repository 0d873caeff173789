package dev.ostiary.http.fetch;

import dev.ostiary.http.AddressRange;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are anybody's: not those of IANA's special-purpose registries (RFC 6890), whether
 * or not the registry calls them globally reachable, nor multicast. Of IPv6 only what is given out
 * as global unicast counts (RFC 4291 §2.4), so the mapped and translated forms of IPv4 addresses
 * never do.
 */
public final class PublicAddresses {
  private static final AddressRange GLOBAL_UNICAST = AddressRange.parse("2000::/3");

  private static final List<AddressRange> SPECIAL_IPV4 =
      ranges(
          "0.0.0.0/8", // this network
          "10.0.0.0/8", // private use
          "100.64.0.0/10", // shared by carriers' translators
          "127.0.0.0/8", // loopback
          "168.63.129.16/32", // in no registry: where Azure's machines reach their host
          "169.254.0.0/16", // link-local, and most clouds' instance metadata
          "172.16.0.0/12", // private use
          "192.0.0.0/24", // IETF protocol assignments
          "192.0.2.0/24", // documentation
          "192.31.196.0/24", // AS112
          "192.52.193.0/24", // AMT
          "192.88.99.0/24", // 6to4 relays
          "192.168.0.0/16", // private use
          "192.175.48.0/24", // AS112
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, and limited broadcast

  private static final List<AddressRange> SPECIAL_IPV6 =
      ranges(
          "2001::/23", // IETF protocol assignments, Teredo among them
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4
          "2620:4f:8000::/48", // AS112
          "3fff::/20"); // documentation

  private PublicAddresses() {}

  public static boolean contains(InetAddress address) {
    List<AddressRange> special = address instanceof Inet4Address ? SPECIAL_IPV4 : SPECIAL_IPV6;
    boolean given = address instanceof Inet4Address || GLOBAL_UNICAST.contains(address);
    return given && special.stream().noneMatch(range -> range.contains(address));
  }

  private static List<AddressRange> ranges(String... texts) {
    return Stream.of(texts).map(AddressRange::parse).toList();
  }
}
