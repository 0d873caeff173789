package dev.ostiary.acceptance;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitRequest;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the Java SDK reads and writes messages here. Its elicitation requests name their mode as a
 * type and as a property; Jackson 3.2, newer than the SDK's own, refuses to write that twice.
 */
final class JavaSdkJson {
  private JavaSdkJson() {}

  @JsonTypeInfo(
      use = JsonTypeInfo.Id.NAME,
      include = JsonTypeInfo.As.EXISTING_PROPERTY,
      property = "mode",
      defaultImpl = ElicitFormRequest.class)
  private interface ModeWrittenOnce {}

  static McpJsonMapper mapper() {
    return new JacksonMcpJsonMapper(
        JsonMapper.builder().addMixIn(ElicitRequest.class, ModeWrittenOnce.class).build());
  }
}
