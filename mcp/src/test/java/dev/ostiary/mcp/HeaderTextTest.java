package dev.ostiary.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement("T-17")
class HeaderTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"get_issue", "a b\tc", "", "=?base64?SGVsbG8=", "SGVsbG8=?=", "=?base64?=", "?="})
  void readsPlainTextAsItIs(String value) {
    assertThat(HeaderText.decode(value)).contains(value);
  }

  @ParameterizedTest
  @CsvSource({
    "=?base64?SGVsbG8=?=, Hello",
    "=?base64?5pel5pys?=, 日本",
    "=?base64?IGEg?=, ' a '",
    "=?base64??=, ''",
    "=?base64?PT9iYXNlNjQ/eD89?=, =?base64?x?=",
    "=?BASE64?SGVsbG8=?=, =?BASE64?SGVsbG8=?="
  })
  void readsTheEncodedTextBetweenTheMarks(String value, String text) {
    assertThat(HeaderText.decode(value)).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=?base64?SGVsbG8?=",
        "=?base64?SGVs bG8=?=",
        "=?base64?SGVsbG8-?=",
        "=?base64?SGVsbG8==?=",
        "=?base64?/w==?="
      })
  void refusesBadPaddingAlphabetOrUtf8(String value) {
    assertThat(HeaderText.decode(value)).isEmpty();
  }

  @Test
  void refusesCharactersThatAFieldMayNotHave() {
    assertThat(HeaderText.decode("é")).isEmpty();
    assertThat(HeaderText.decode("a\u007f")).isEmpty();
    assertThat(HeaderText.decode("a\u0000")).isEmpty();
  }
}
