package dev.ostiary.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.provider.ValueSource;

/** Any text as a {@code Cookie} header. */
final class CookiesFuzzTest {
  @ValueSource(
      strings = {
        "",
        "a=1",
        "a=1; b=2",
        "a=1; a=2",
        " a = 1 ;; =x; y",
        "a=b=c",
        "a=\"b;c\"",
        "__Host-ostiary-session=1700000000.x"
      })
  @FuzzTest
  void countOnlyWhatIsThereOnce(@NotNull String header) {
    if (!header.chars().allMatch(CookiesFuzzTest::isOfAHeader)) {
      return;
    }
    Cookies cookies = Cookies.of(Headers.of("Cookie", header));

    String printed =
        cookies.names().stream()
            .filter(name -> cookies.only(name).isPresent())
            .map(name -> name + "=" + cookies.only(name).orElseThrow())
            .collect(Collectors.joining("; "));
    Cookies again = Cookies.of(Headers.of("Cookie", printed));
    Cookies tossed = Cookies.of(Headers.of("Cookie", header, "Cookie", header));
    for (String name : cookies.names()) {
      assertThat(List.of(header.split(";", -1))).anyMatch(pair -> pair.strip().startsWith(name));
      assertThat(again.only(name)).isEqualTo(cookies.only(name));
      assertThat(tossed.only(name)).isEmpty();
    }
  }

  private static boolean isOfAHeader(int c) {
    return c == '\t' || (c >= ' ' && c <= 0xff && c != 0x7f);
  }
}
