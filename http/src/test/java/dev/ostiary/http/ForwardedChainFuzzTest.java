package dev.ostiary.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.ValueSource;

/** Any text as what a client put in front of what our proxy wrote. */
final class ForwardedChainFuzzTest {
  private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.7");

  @ValueSource(
      strings = {
        "",
        "203.0.113.1, 10.0.0.1",
        "for=203.0.113.1;proto=https, for=\"[2001:db8::7]:4711\"",
        "for=\"",
        "for=\"a\\",
        "for=unknown, for=_hidden",
        "for=1;for=2",
        "[::1]:99999",
        "=,;\"\"="
      })
  @FuzzTest
  void hasNoSayInWhoTheClientIs(@NotNull String made) {
    assertThat(listed(made + ",192.0.2.7")).contains(CLIENT);
    assertThat(ForwardedChain.listed(List.of(made, "192.0.2.7")).client(_ -> false))
        .contains(CLIENT);
    assertThat(ForwardedChain.forwarded(List.of(made, "for=192.0.2.7")).client(_ -> false))
        .contains(CLIENT);
    // A quotation mark that is left open swallows what our proxy wrote: then nobody is believed.
    assertThat(forwarded(made + ",for=192.0.2.7")).isIn(Optional.of(CLIENT), Optional.empty());
    Stream.of(listed(made), forwarded(made))
        .flatMap(Optional::stream)
        .forEach(
            address ->
                assertThat(AddressLiteral.parse(address.getHostAddress())).contains(address));
  }

  private static Optional<InetAddress> listed(String line) {
    return ForwardedChain.listed(List.of(line)).client(_ -> false);
  }

  private static Optional<InetAddress> forwarded(String line) {
    return ForwardedChain.forwarded(List.of(line)).client(_ -> false);
  }
}
