package dev.ostiary.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import org.junit.jupiter.params.provider.ValueSource;

/** Any text as an IP address, and as a block of them. */
final class AddressLiteralFuzzTest {
  @ValueSource(
      strings = {
        "",
        "127.0.0.1",
        "010.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "1.2.3.4.",
        "256.0.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "fe80::1%eth0",
        "2001:db8::/32",
        "10.0.0.0/8",
        "10.0.0.1/8",
        "10.0.0.0/99",
        "localhost"
      })
  @FuzzTest
  void isReadTheSameWhenPrintedAgain(@NotNull String text) {
    AddressLiteral.parse(text)
        .ifPresent(
            address -> {
              assertThat(AddressLiteral.parse(address.getHostAddress())).contains(address);
              assertThat(text.indexOf(':') >= 0 || address.getHostAddress().equals(text)).isTrue();
              assertThat(AddressRange.parse(text).contains(address)).isTrue();
            });
    try {
      AddressRange range = AddressRange.parse(text);
      assertThat(AddressRange.parse(range.toString())).isEqualTo(range);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageContaining(" ");
    }
  }
}
