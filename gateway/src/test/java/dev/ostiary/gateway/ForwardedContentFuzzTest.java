package dev.ostiary.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any octets as the content of a POST, in every revision. */
final class ForwardedContentFuzzTest {
  private static final ForwardedContent GATEWAY = new ForwardedContent();

  @MethodSource("seeds")
  @FuzzTest
  void whateverReachesABackendMeansNothingThatIsDenied(byte @NotNull [] content) {
    for (String version : List.of("", "2025-03-26", "2025-11-25", "2026-07-28")) {
      GATEWAY.send(content, ForwardedContentTest.headers(version, "tools/call", "read"));
    }
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"drop\"}}",
            "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"read\","
                + "\"name\":\"drop\"}}]",
            "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"},5]",
            "{\"jsonrpc\":\"2.0\",\"method\":\"vendor/drop\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"prompts/get\",\"params\":{\"name\":"
                + "\"dr\\u006fp\"}}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"read\","
                + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}")
        .map(text -> text.getBytes(UTF_8));
  }
}
