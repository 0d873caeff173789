package dev.ostiary.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0, 10.255.255.255, 11.0.0.0",
    "192.0.2.128/25, 192.0.2.128, 192.0.2.255, 192.0.2.127",
    "192.0.2.7, 192.0.2.7, 192.0.2.7, 192.0.2.6",
    "0.0.0.0/0, 0.0.0.0, 255.255.255.255, ::1",
    "2001:db8::/33, 2001:db8::, 2001:db8:7fff::1, 2001:db8:8000::",
    "::1, ::1, ::1, 127.0.0.1",
    "::/0, ::1, ffff::, 10.0.0.1"
  })
  void hasTheAddressesThatBeginLikeIt(String range, String first, String last, String outside) {
    AddressRange parsed = AddressRange.parse(range);

    assertThat(parsed.contains(InetAddress.ofLiteral(first))).isTrue();
    assertThat(parsed.contains(InetAddress.ofLiteral(last))).isTrue();
    assertThat(parsed.contains(InetAddress.ofLiteral(outside))).isFalse();
    assertThat(parsed).hasToString(range);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/255.0.0.0",
        "10.1.0.0/8",
        "127.1",
        "010.0.0.0/8",
        "192.0.2.010",
        "::ffff:010.0.0.1",
        "10",
        "2001:db8::/129",
        "2001:db8::1/32",
        "fe80::1%lo",
        "example.com/8"
      })
  void isNothingElse(String text) {
    assertThatThrownBy(() -> AddressRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
