package dev.ostiary.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RpcErrorTest {
  @ParameterizedTest
  @MethodSource("all")
  @Requirement("T-37")
  void hasACodeThatTheSpecificationDefinesAndReadsLikeThis(RpcError error, String json) {
    assertThat(new String(error.toJson(RawJson.of("\"a\"")), UTF_8))
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"error\":" + json + "}");
    assertThat(new String(error.toJson(null), UTF_8))
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"error\":" + json + "}");
  }

  static Stream<Arguments> all() {
    return Stream.of(
        Arguments.of(RpcError.parse("x"), "{\"code\":-32700,\"message\":\"Parse error: x\"}"),
        Arguments.of(
            RpcError.invalidRequest("\"\n"),
            "{\"code\":-32600,\"message\":\"Invalid request: \\\"\\n\"}"),
        Arguments.of(
            RpcError.methodNotFound(), "{\"code\":-32601,\"message\":\"Method not found\"}"),
        Arguments.of(
            RpcError.invalidParams("ü"), "{\"code\":-32602,\"message\":\"Invalid params: ü\"}"),
        Arguments.of(
            RpcError.resourceNotFound(Revision.MODERN, "a:b"),
            "{\"code\":-32602,\"message\":\"Resource not found\",\"data\":{\"uri\":\"a:b\"}}"),
        Arguments.of(
            RpcError.resourceNotFound(Revision.LATEST_LEGACY, "a:b"),
            "{\"code\":-32002,\"message\":\"Resource not found\",\"data\":{\"uri\":\"a:b\"}}"),
        Arguments.of(RpcError.internal("x"), "{\"code\":-32603,\"message\":\"x\"}"),
        Arguments.of(
            RpcError.headerMismatch("x"), "{\"code\":-32020,\"message\":\"Header mismatch: x\"}"),
        Arguments.of(
            RpcError.unsupportedVersion("1900-01-01"),
            "{\"code\":-32022,\"message\":\"Unsupported protocol version\","
                + "\"data\":{\"supported\":[\"2026-07-28\"],\"requested\":\"1900-01-01\"}}"),
        Arguments.of(RpcError.unauthorized("x"), "{\"code\":-32000,\"message\":\"x\"}"));
  }
}
