package dev.ostiary.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InitializeResultTest {
  @Test
  void tellsWhatWasSettledOn() {
    assertThat(
            InitializeResult.revision(
                ("{\"id\":1,\"x\":{\"result\":1},\"result\":{\"a\":[{\"protocolVersion\":\"no\"}],"
                        + "\"protocolVersion\":\"2025-06-18\"}}")
                    .getBytes(UTF_8)))
        .contains(Revision.V2025_06_18);
  }

  @Test
  void tellsByWhoseRulesAnotherOlderRevisionIsJudged() {
    assertThat(
            InitializeResult.revision(
                "{\"result\":{\"protocolVersion\":\"2024-11-05\"}}".getBytes(UTF_8)))
        .contains(Revision.LATEST_LEGACY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "1",
        "{\"error\":{}}",
        "{\"result\":1}",
        "{\"result\":{}}",
        "{\"result\":{\"protocolVersion\":1}}",
        "{\"result\":{\"protocolVersion\":\"2099-01-01\"}}",
        "{\"result\":{\"protocolVersion\":\"nonsense\"}}"
      })
  void tellsNothingWhereThereIsNothingToTell(String response) {
    assertThat(InitializeResult.revision(response.getBytes(UTF_8))).isEmpty();
  }
}
