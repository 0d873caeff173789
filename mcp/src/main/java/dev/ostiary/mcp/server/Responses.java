package dev.ostiary.mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.RpcError;
import org.jspecify.annotations.Nullable;

/** Puts results into responses, whose ids are the requests', byte for byte. */
final class Responses {
  private static final byte[] HEAD = "{\"jsonrpc\":\"2.0\",\"id\":".getBytes(UTF_8);
  private static final byte[] MIDDLE = ",\"result\":".getBytes(UTF_8);

  private Responses() {}

  static Answer.Json result(RawJson id, byte[] result) {
    byte[] rawId = id.toBytes();
    byte[] response = new byte[HEAD.length + rawId.length + MIDDLE.length + result.length + 1];
    int at = append(HEAD, response, 0);
    at = append(rawId, response, at);
    at = append(MIDDLE, response, at);
    at = append(result, response, at);
    response[at] = '}';
    return new Answer.Json(200, response);
  }

  static Answer.Json error(@Nullable RawJson id, int status, RpcError error) {
    return new Answer.Json(status, error.toJson(id));
  }

  private static int append(byte[] part, byte[] target, int at) {
    System.arraycopy(part, 0, target, at, part.length);
    return at + part.length;
  }
}
