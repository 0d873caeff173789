package dev.ostiary.embed;

import dev.ostiary.http.Reply;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a backend of the modern era says of itself, so that calls of that era pass to it. */
final class SampleDiscovery {
  private SampleDiscovery() {}

  /** The answer to {@code server/discover}; empty to anything else. */
  static Optional<Reply> answer(String message) {
    if (!message.contains("\"server/discover\"")) {
      return Optional.empty();
    }
    JsonNode id = JsonMapper.shared().readTree(message).path("id");
    return Optional.of(
        Reply.json(
            200,
            "{\"jsonrpc\":\"2.0\",\"id\":"
                + id
                + ",\"result\":{\"supportedVersions\":[\"2026-07-28\"],"
                + "\"capabilities\":{\"tools\":{}},\"resultType\":\"complete\"}}"));
  }
}
