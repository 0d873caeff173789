package dev.ostiary.mcp.server;

import dev.ostiary.mcp.JsonLimits;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Params;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.RpcError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The tools of a server, and {@code tools/call}. */
final class ToolCalls<C> {
  private static final JsonMapper ARGUMENTS = JsonLimits.trees();

  private final Map<String, Entry<C>> tools = new LinkedHashMap<>();

  ToolCalls(List<Tool<C>> tools) {
    for (Tool<C> tool : tools) {
      ToolDefinition definition = tool.definition();
      if (!definition.inputSchema().findValues("x-mcp-header").isEmpty()) {
        throw new IllegalArgumentException(
            definition.name()
                + " asks for arguments in headers (x-mcp-header); they are not compared");
      }
      Entry<C> entry =
          new Entry<>(
              tool,
              new SchemaCheck(definition.inputSchema()),
              new SchemaCheck(definition.outputSchema()));
      if (this.tools.put(definition.name(), entry) != null) {
        throw new IllegalArgumentException("two tools named " + definition.name());
      }
    }
  }

  boolean isEmpty() {
    return tools.isEmpty();
  }

  List<ToolDefinition> definitions() {
    return tools.values().stream().map(entry -> entry.tool().definition()).toList();
  }

  Answer call(Envelope request, Dialect dialect, C caller) {
    RawJson id = Objects.requireNonNull(request.id());
    Params params = request.params();
    Entry<C> entry = params.name() == null ? null : tools.get(params.name());
    if (entry == null) {
      return Responses.error(id, 200, RpcError.invalidParams("no such tool"));
    }
    ObjectNode arguments = arguments(params);
    if (arguments == null) {
      return Responses.error(id, 200, RpcError.invalidParams("arguments is not a sound object"));
    }
    String complaint = entry.input().complaint(arguments);
    if (complaint != null) {
      return dialect.showsArgumentErrors()
          ? failed(id, dialect, "Invalid arguments: " + complaint)
          : Responses.error(id, 200, RpcError.invalidParams(complaint));
    }
    return switch (entry.tool().call(arguments, caller)) {
      case Tool.Outcome.Done done -> done(id, dialect, entry, done);
      case Tool.Outcome.Failed(String text) -> failed(id, dialect, text);
      case Tool.Outcome.SignInAgain _ -> new Answer.SignInAgain();
    };
  }

  private static <C> Answer done(
      RawJson id, Dialect dialect, Entry<C> entry, Tool.Outcome.Done done) {
    String complaint = entry.output().complaint(done.structured());
    if (complaint != null) {
      throw new IllegalStateException(
          "a result of "
              + entry.tool().definition().name()
              + " does not conform to its output schema: "
              + complaint);
    }
    ObjectNode result = content(done.text());
    result.set("structuredContent", done.structured());
    return Responses.result(id, dialect.complete(result.put("isError", false)));
  }

  private static Answer failed(RawJson id, Dialect dialect, String text) {
    return Responses.result(id, dialect.complete(content(text).put("isError", true)));
  }

  private static ObjectNode content(String text) {
    ObjectNode result = Dialect.object();
    result.putArray("content").addObject().put("type", "text").put("text", text);
    return result;
  }

  private static @Nullable ObjectNode arguments(Params params) {
    RawJson raw = params.arguments();
    if (raw == null) {
      return Dialect.object();
    }
    if (!params.hasArgumentsOfAnObject()) {
      return null;
    }
    try {
      return (ObjectNode) ARGUMENTS.readTree(raw.toBytes());
    } catch (JacksonException unsound) { // a member that is there twice
      return null;
    }
  }

  private record Entry<C>(Tool<C> tool, SchemaCheck input, SchemaCheck output) {}
}
