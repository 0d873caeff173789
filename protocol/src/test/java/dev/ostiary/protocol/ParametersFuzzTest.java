package dev.ostiary.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.provider.ValueSource;

/** Any text as a form or query. */
final class ParametersFuzzTest {
  @ValueSource(
      strings = {
        "",
        "&&=&a&=b&a=",
        "grant_type=authorization_code&code=a%20b+c&resource=x&resource=y",
        "a=1&a=2",
        "a=%41&%41=",
        "a=%+1",
        "a=%\uff14\uff11",
        "a=%ff",
        "a=\ufffd",
        "a=\u00e9&b=%C3%A9"
      })
  @FuzzTest
  void readsOnlyWhatCanBePrintedAndReadAgain(@NotNull String form) {
    switch (Parameters.parse(form)) {
      case Result.Refused(Parameters.Refusal.Repeated(String name)) ->
          assertThat(name).isNotEqualTo("resource");
      case Result.Refused(Parameters.Refusal.Malformed()) ->
          assertThat(form).matches("(?s).*[%\ufffd\ud800-\udfff].*");
      case Result.Ok(Parameters parameters) -> {
        List<Map.Entry<String, String>> pairs = pairs(form);
        assertThat(form).doesNotContainPattern("%(?![0-9A-Fa-f]{2})");
        assertSame(parameters, Parameters.parse(Printed.form(pairs)), pairs);
      }
    }
  }

  private static void assertSame(
      Parameters parameters,
      Result<Parameters, Parameters.Refusal> again,
      List<Map.Entry<String, String>> pairs) {
    if (!(again instanceof Result.Ok(Parameters read))) {
      throw new AssertionError("not read again: " + again);
    }
    for (Map.Entry<String, String> pair : pairs) {
      List<String> values =
          pairs.stream()
              .filter(each -> each.getKey().equals(pair.getKey()) && !each.getValue().isEmpty())
              .map(Map.Entry::getValue)
              .toList();
      assertThat(parameters.all(pair.getKey())).isEqualTo(values);
      assertThat(read.all(pair.getKey())).isEqualTo(values);
    }
  }

  private static List<Map.Entry<String, String>> pairs(String form) {
    List<Map.Entry<String, String>> pairs = new ArrayList<>();
    for (String pair : form.split("&", -1)) {
      String[] parts = (pair + "=").split("=", 2);
      if (!pair.isEmpty()) {
        String value = pair.contains("=") ? pair.substring(pair.indexOf('=') + 1) : "";
        pairs.add(Map.entry(decode(parts[0]), decode(value)));
      }
    }
    return pairs;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
