package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.SampleGateway.Call;
import dev.ostiary.requirements.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InsufficientScopeTest {
  private static final String METADATA =
      "resource_metadata=\"https://host/.well-known/oauth-protected-resource/mcp\"";

  private final SampleGateway sample = SampleGateway.direct();

  @Test
  @Requirement({"A-23", "A-24", "A-7", "A-74"})
  void namesAllThatACallNeedsAndNoMore() {
    for (int i = 0; i < 2; i++) {
      FakeExchange answer = sample.send(Call.modernTool("write").token("good"));

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.header("WWW-Authenticate"))
          .isEqualTo(
              "Bearer error=\"insufficient_scope\","
                  + " error_description=\"This call needs the scope repo gist\", "
                  + METADATA
                  + ", scope=\"repo gist\"");
      assertThat(answer.json().get("id").intValue()).isEqualTo(7);
      assertThat(answer.code()).isEqualTo(-32000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2025-03-26", "2025-06-18", "2025-11-25"})
  @Requirement("A-6")
  void addsWhatIsHeldForClientsOfOlderRevisions(String version) {
    FakeExchange answer =
        sample.send(Call.legacy(version, "tools/call", "\"name\":\"write\"").token("good"));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("WWW-Authenticate")).endsWith("scope=\"read:user repo gist\"");
  }

  @Test
  @Requirement("A-25")
  void letsABroadScopePassForTheNarrow() {
    assertThat(sample.send(Call.modernTool("whoami").token("broad")).status()).isEqualTo(200);
    assertThat(sample.send(Call.modernTool("whoami").token("poor")).status()).isEqualTo(403);
  }

  @Test
  void isNoMatterForFindingOutWhatThereIs() {
    for (String method : List.of("server/discover", "tools/list")) {
      assertThat(sample.send(Call.modern(method, "").token("poor")).status()).isEqualTo(200);
    }
    assertThat(sample.send(Call.modernTool("free").token("poor")).status()).isEqualTo(200);
    assertThat(sample.send(Call.modernTool("write").token("writer")).status()).isEqualTo(200);
  }

  @Test
  void isJudgedForABatchAsAWhole() {
    String batch =
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"},{\"jsonrpc\":\"2.0\",\"id\":2,"
            + "\"method\":\"tools/call\",\"params\":{\"name\":\"write\"}}]";

    assertThat(sample.send(Call.json(batch).token("good")).status()).isEqualTo(403);
    assertThat(sample.send(Call.json(batch).token("writer")).status()).isEqualTo(200);
  }

  @Test
  @Requirement("T-22")
  void isJudgedByTheContentAndNeverByTheHeader() {
    FakeExchange legacy =
        sample.send(
            Call.legacy("2025-11-25", "tools/call", "\"name\":\"write\"")
                .header("Mcp-Name", "free")
                .token("good"));

    assertThat(legacy.status()).isEqualTo(403);
  }
}
