package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.SampleGateway.Call;
import dev.ostiary.requirements.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class McpEndpointTest {
  private final SampleGateway sample = SampleGateway.direct();

  @Test
  @Requirement({"T-1", "T-6"})
  void answersAPostWithOneJsonObject() {
    FakeExchange answer = sample.send(Call.modernTool("whoami").token("good"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.json().at("/result/content/0/text").stringValue()).isEqualTo("github:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE", "PUT", "PATCH", "HEAD"})
  @Requirement({"T-39", "T-47"})
  void servesPostOnly(String method) {
    FakeExchange answer =
        sample.send(
            Call.of(method)
                .token("good")
                .header("Accept", "text/event-stream")
                .header("Mcp-Session-Id", "s")
                .header("Last-Event-ID", "1"));

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("POST, OPTIONS");
    assertThat(answer.code()).isEqualTo(-32600);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text/plain", "application/x-www-form-urlencoded", "text/json"})
  void readsJsonOnly(String contentType) {
    Call call = Call.modern("tools/list", "").token("good").without("Content-Type");

    FakeExchange answer =
        sample.send(contentType.isEmpty() ? call : call.header("content-type", contentType));

    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.code()).isEqualTo(-32600);
  }

  @Test
  @Requirement({"T-5", "T-48"})
  void acceptsNotificationsWithoutAWord() {
    String notification = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/whatever\"}";

    for (Call call :
        List.of(
            Call.json(notification),
            Call.json(notification).header("MCP-Protocol-Version", "2026-07-28"),
            Call.json("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"))) {
      FakeExchange answer = sample.send(call.token("good"));
      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.text()).isEmpty();
    }
  }

  @Test
  @Requirement("T-18")
  void readsHeaderNamesInAnyCaseAndTrimsValues() {
    Call call =
        Call.modernTool("whoami")
            .without("Mcp-Method")
            .without("Mcp-Name")
            .header("mcp-method", " tools/call\t")
            .header("MCP-NAME", "\twhoami ");

    assertThat(sample.send(call.token("good")).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mcp-Method | tools/list | -32020",
        "Mcp-Name | =?base64?d2hvYW1p?= | 0",
        "Mcp-Name | =?base64?d2hvYW1?= | -32020",
        "Mcp-Name | write | -32020",
        "MCP-Protocol-Version | 2025-11-25 | -32020"
      })
  @Requirement({"T-12", "T-15", "T-16", "T-17"})
  void comparesHeadersWithTheContent(String header, String value, int code) {
    FakeExchange answer =
        sample.send(Call.modernTool("whoami").without(header).header(header, value).token("good"));

    assertThat(answer.status()).isEqualTo(code == 0 ? 200 : 400);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.json().get("id").intValue()).isEqualTo(7);
  }

  @Test
  @Requirement("T-16")
  void refusesAHeaderThatIsThereTwice() {
    FakeExchange answer =
        sample.send(Call.modernTool("whoami").header("Mcp-Name", "whoami").token("good"));

    assertThat(answer.code()).isEqualTo(-32020);
  }

  @Test
  @Requirement("T-56")
  void givesEvery400AJsonRpcError() {
    List<Call> calls =
        List.of(
            Call.json("{"),
            Call.json("[]"),
            Call.json("5"),
            Call.json("{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"m\"}"),
            Call.modern("tools/list", "").without("Mcp-Method"),
            Call.json("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}")
                .header("MCP-Protocol-Version", "2026-07-28"),
            Call.legacy("2099-01-01", "ping", ""),
            Call.json("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]")
                .header("MCP-Protocol-Version", "2025-11-25"));

    for (Call call : calls) {
      FakeExchange answer = sample.send(call.token("good"));
      assertThat(answer.status()).as(answer.text()).isEqualTo(400);
      assertThat(answer.header("Content-Type")).isEqualTo("application/json");
      assertThat(answer.code()).isNegative();
    }
  }

  @Test
  @Requirement("A-66")
  void keepsNoSessionsAndTakesNoneForASignIn() {
    FakeExchange first =
        sample.send(
            Call.legacy("", "initialize", "\"protocolVersion\":\"2025-11-25\"").token("good"));
    assertThat(first.json().at("/result/protocolVersion").stringValue()).isEqualTo("2025-11-25");
    assertThat(first.header("Mcp-Session-Id")).isEmpty();

    FakeExchange lost =
        sample.send(
            Call.legacy("2025-11-25", "ping", "").header("Mcp-Session-Id", "x").token("good"));
    assertThat(lost.status()).isEqualTo(404);
    assertThat(lost.code()).isEqualTo(-32600);

    FakeExchange stranger =
        sample.send(Call.legacy("2025-11-25", "ping", "").header("Mcp-Session-Id", "x"));
    assertThat(stranger.status()).isEqualTo(401);
  }

  @Test
  @Requirement({"T-39", "T-55"})
  void servesBothErasSideBySide() {
    for (int i = 0; i < 2; i++) {
      FakeExchange modern =
          sample.send(
              Call.modern("tools/list", "").header("Mcp-Session-Id", "ignored").token("good"));
      FakeExchange legacy = sample.send(Call.legacy("", "tools/list", "").token("good"));

      assertThat(modern.json().at("/result/resultType").stringValue()).isEqualTo("complete");
      assertThat(modern.header("Mcp-Session-Id")).isEmpty();
      assertThat(legacy.json().at("/result").has("resultType")).isFalse();
    }
  }

  @Test
  @Requirement({"T-14", "T-37"})
  void neverFindsAMethodOfTheOtherEra() {
    FakeExchange modern =
        sample.send(Call.modern("initialize", "\"protocolVersion\":\"2026-07-28\"").token("good"));

    assertThat(sample.send(Call.modern("ping", "").token("good")).status()).isEqualTo(404);
    assertThat(modern.status()).isEqualTo(404);
  }
}
