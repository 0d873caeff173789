package dev.ostiary.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.Base64;
import org.junit.jupiter.params.provider.ValueSource;

/** Any text as a header that repeats a part of the content. */
final class HeaderTextFuzzTest {
  @ValueSource(
      strings = {
        "",
        "get_issue",
        "=?base64?SGVsbG8=?=",
        "=?base64?SGVsbG8?=",
        "=?base64?SGVsbG9=?=",
        "=?base64??=",
        "=?base64?=",
        "=?base64?/w==?=",
        "\u00e9"
      })
  @FuzzTest
  void standsForOneTextOrNone(@NotNull String value) {
    HeaderText.decode(value)
        .ifPresent(
            text -> {
              String encoded = Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
              assertThat(HeaderText.decode("=?base64?" + encoded + "?=")).contains(text);
              assertThat(value).matches("[\\t\\x20-\\x7e]*");
              assertThat(text.equals(value) || value.startsWith("=?base64?")).isTrue();
            });
  }
}
