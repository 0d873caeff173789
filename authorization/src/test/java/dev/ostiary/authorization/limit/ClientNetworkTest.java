package dev.ostiary.authorization.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNetworkTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, ::ffff:192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff, true",
    "2001:db8:1:2::1, 2001:db8:1:3::1, false",
    "0.0.0.1, 0:0:0:1::, false",
    "0.0.0.0, ::, false"
  })
  void isAnIpv4AddressOrHalfAnIpv6Address(String one, String other, boolean same) {
    assertThat(source(one).equals(source(other))).isEqualTo(same);
  }

  private static ClientNetwork source(String address) {
    return ClientNetwork.of(InetAddress.ofLiteral(address));
  }
}
