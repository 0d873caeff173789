package dev.ostiary.http.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any octets as the head of a request. */
final class HeadScanFuzzTest {
  @MethodSource("seeds")
  @FuzzTest
  void letsPassOnlyLinesThatEverybodyReadsTheSame(byte @NotNull [] octets) {
    HeadScan scan = new HeadScan();
    int at = 0;
    while (at < octets.length && scan.process(octets[at])) {
      at++;
    }
    if (!scan.ended()) {
      return;
    }
    assertThat(scan.unlawful()).isFalse();
    assertThat(scan.begun()).isTrue();
    String head = new String(octets, 0, at + 1, ISO_8859_1);
    assertThat(head).endsWith("\r\n\r\n");
    assertThat(head.replace("\r\n", "")).doesNotContainPattern("[\\x00-\\x08\\x0a-\\x1f\\x7f]");
    String[] lines = head.stripLeading().split("\r\n", -1);
    assertThat(lines[0]).doesNotContain("\t");
    for (int i = 1; i < lines.length; i++) {
      assertThat(lines[i]).doesNotStartWith(" ").doesNotStartWith("\t");
    }
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "\r\n\r\nGET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nX: 1\r\n\tfolded\r\n\r\n",
            "GET /\tHTTP/1.1\r\n\r\n",
            " \r\nGET\t/ HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\rHost: a\r\n\r\n",
            "GET / HTTP/1.1\nHost: a\n\n",
            "GET / HTTP/1.1\r\nX: \u0001\r\n\r\n")
        .map(text -> text.getBytes(ISO_8859_1));
  }
}
