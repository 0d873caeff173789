package dev.ostiary.acceptance;

import io.modelcontextprotocol.server.McpServerFeatures.SyncCompletionSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult.CompleteCompletion;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.PromptArgument;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.PromptReference;
import io.modelcontextprotocol.spec.McpSchema.Role;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The suite's prompts on the Java SDK. */
final class JavaSdkPrompts {
  private static final String WITH_ARGUMENTS = "test_prompt_with_arguments";

  private JavaSdkPrompts() {}

  static List<SyncPromptSpecification> all() {
    return List.of(
        prompt(
            "test_simple_prompt",
            List.of(),
            _ -> List.of(JavaSdkTools.text("This is a simple prompt for testing."))),
        prompt(WITH_ARGUMENTS, List.of("arg1", "arg2"), JavaSdkPrompts::bothArguments),
        prompt(
            "test_prompt_with_embedded_resource",
            List.of("resourceUri"),
            arguments ->
                List.of(
                    JavaSdkTools.resource(
                        String.valueOf(arguments.get("resourceUri")),
                        "Embedded resource content for testing."),
                    JavaSdkTools.text("Please process the embedded resource above."))),
        prompt(
            "test_prompt_with_image",
            List.of(),
            _ ->
                List.of(
                    JavaSdkTools.image(), JavaSdkTools.text("Please analyze the image above."))));
  }

  static SyncCompletionSpecification completion() {
    return new SyncCompletionSpecification(
        PromptReference.builder(WITH_ARGUMENTS).build(),
        (_, request) ->
            new CompleteResult(
                new CompleteCompletion(
                    List.of("test", "testing").stream()
                        .filter(value -> value.startsWith(request.argument().value()))
                        .toList())));
  }

  private static List<Content> bothArguments(Map<String, Object> arguments) {
    return List.of(
        JavaSdkTools.text(
            "Prompt with arguments: arg1='%s', arg2='%s'"
                .formatted(arguments.get("arg1"), arguments.get("arg2"))));
  }

  private static SyncPromptSpecification prompt(
      String name, List<String> arguments, Function<Map<String, Object>, List<Content>> contents) {
    Prompt prompt =
        Prompt.builder(name)
            .description("The suite's " + name)
            .arguments(
                arguments.stream()
                    .map(each -> PromptArgument.builder(each).required(true).build())
                    .toList())
            .build();
    return new SyncPromptSpecification(
        prompt,
        (_, request) ->
            GetPromptResult.builder(
                    contents.apply(request.arguments()).stream()
                        .map(content -> PromptMessage.builder(Role.USER, content).build())
                        .toList())
                .build());
  }
}
