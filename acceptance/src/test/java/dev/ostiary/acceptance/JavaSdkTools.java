package dev.ostiary.acceptance;

import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.AudioContent;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.LoggingMessageNotification;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.SamplingMessage;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** The suite's tools on the Java SDK. */
final class JavaSdkTools {
  private JavaSdkTools() {}

  static List<SyncToolSpecification> all() {
    return List.of(
        answering("test_simple_text", text("This is a simple text response for testing.")),
        answering("test_image_content", image()),
        answering("test_audio_content", AudioContent.builder("UklGRg==", "audio/wav").build()),
        answering(
            "test_embedded_resource",
            resource("test://embedded-resource", "This is an embedded resource content.")),
        answering(
            "test_multiple_content_types",
            text("Multiple content types test:"),
            image(),
            resource("test://mixed-content-resource", "{\"test\":\"data\",\"value\":123}")),
        tool("test_error_handling", JavaSdkSchemas.NO_ARGUMENTS, JavaSdkTools::fail),
        tool("test_tool_with_logging", JavaSdkSchemas.NO_ARGUMENTS, JavaSdkTools::log),
        tool("test_tool_with_progress", JavaSdkSchemas.NO_ARGUMENTS, JavaSdkTools::progress),
        tool("test_sampling", textProperties("prompt"), JavaSdkTools::sample),
        tool("test_elicitation", textProperties("message"), JavaSdkTools::elicit),
        form("test_elicitation_sep1034_defaults", JavaSdkSchemas.DEFAULTS),
        form("test_elicitation_sep1330_enums", JavaSdkSchemas.CHOICES),
        tool(
            "json_schema_2020_12_tool",
            JavaSdkSchemas.CONTACT,
            (_, request) -> result(text("Contact: " + request.arguments().get("name")))),
        answering("test_reconnection", text("There was no need to come back")));
  }

  static SyncToolSpecification tool(
      String name,
      Map<String, Object> schema,
      BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> handler) {
    return SyncToolSpecification.builder()
        .tool(Tool.builder(name, schema).description("The suite's " + name).build())
        .callHandler(handler)
        .build();
  }

  private static SyncToolSpecification answering(String name, Content... content) {
    return tool(name, JavaSdkSchemas.NO_ARGUMENTS, (_, _) -> result(content));
  }

  private static CallToolResult fail(McpSyncServerExchange exchange, CallToolRequest request) {
    return CallToolResult.builder(
            List.of(text("This tool intentionally returns an error for testing")))
        .isError(true)
        .build();
  }

  private static CallToolResult log(McpSyncServerExchange exchange, CallToolRequest request) {
    for (String line : List.of("started", "processing data", "completed")) {
      exchange.loggingNotification(
          LoggingMessageNotification.builder(LoggingLevel.INFO, "Tool execution " + line).build());
    }
    return result(text("Tool with logging executed successfully"));
  }

  private static CallToolResult progress(McpSyncServerExchange exchange, CallToolRequest request) {
    Object token = request.progressToken();
    if (token != null) {
      for (double done : new double[] {0, 50, 100}) {
        exchange.progressNotification(
            ProgressNotification.builder(token, done).total(100.0).build());
      }
    }
    return result(text("Tool with progress executed successfully"));
  }

  private static CallToolResult sample(McpSyncServerExchange exchange, CallToolRequest request) {
    Content prompt = text(String.valueOf(request.arguments().get("prompt")));
    Content answer =
        exchange
            .createMessage(
                CreateMessageRequest.builder(
                        List.of(SamplingMessage.builder(Role.USER, prompt).build()), 100)
                    .build())
            .content();
    return result(text("LLM response: " + ((TextContent) answer).text()));
  }

  private static SyncToolSpecification form(String name, Map<String, Object> schema) {
    return tool(
        name,
        JavaSdkSchemas.NO_ARGUMENTS,
        (exchange, _) -> elicit(exchange, "Please fill in the form", schema));
  }

  private static CallToolResult elicit(McpSyncServerExchange exchange, CallToolRequest request) {
    return elicit(
        exchange,
        String.valueOf(request.arguments().get("message")),
        textProperties("username", "email"));
  }

  private static CallToolResult elicit(
      McpSyncServerExchange exchange, String message, Map<String, Object> schema) {
    ElicitResult answer =
        exchange.createElicitation(ElicitFormRequest.builder(message, schema).build());
    return result(
        text("User response: action=" + answer.action() + ", content=" + answer.content()));
  }

  /** The schema of an object whose properties are all required strings. */
  private static Map<String, Object> textProperties(String... names) {
    Map<String, Object> properties =
        Arrays.stream(names).collect(Collectors.toMap(name -> name, _ -> Map.of("type", "string")));
    return Map.of("type", "object", "properties", properties, "required", List.of(names));
  }

  private static CallToolResult result(Content... content) {
    return CallToolResult.builder(List.of(content)).build();
  }

  static Content text(String value) {
    return TextContent.builder(value).build();
  }

  static Content image() {
    return ImageContent.builder(JavaSdkResources.IMAGE, "image/png").build();
  }

  static Content resource(String uri, String value) {
    return EmbeddedResource.builder(
            TextResourceContents.builder(uri, value).mimeType("text/plain").build())
        .build();
  }
}
