package dev.ostiary.mcp.server;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A server of two tools and one family of resources; its caller is a name. */
final class SampleServer {
  static final ServerDescription ABOUT = new ServerDescription("sample", "1.2.3", "Greets people.");

  private SampleServer() {}

  static McpServer<String> complete() {
    return new McpServer<>(ABOUT, List.of(new Greet(), new Broken()), List.of(new People()));
  }

  static McpServer<String> withoutResources() {
    return new McpServer<>(ABOUT, List.of(new Greet()), List.of());
  }

  static McpServer<String> withoutTools() {
    return new McpServer<>(ABOUT, List.of(), List.of(new People()));
  }

  /** A tool named {@code any} with this input schema. */
  static Tool<String> withInput(String schema) {
    return new Tool<>() {
      @Override
      public ToolDefinition definition() {
        return SampleServer.definition("any", schema, "{\"type\":\"object\"}");
      }

      @Override
      public Tool.Outcome call(ObjectNode arguments, String caller) {
        return new Tool.Outcome.Done("", json("{}"));
      }
    };
  }

  static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text);
  }

  static ToolDefinition definition(String name, String inputSchema, String outputSchema) {
    return new ToolDefinition(
        name, name + "!", "Does " + name, json(inputSchema), json(outputSchema), true, false);
  }

  /** Greets its caller as often as asked; never more than three times. */
  static final class Greet implements Tool<String> {
    @Override
    public ToolDefinition definition() {
      return SampleServer.definition(
          "greet",
          """
          {"type":"object","properties":{"times":{"type":"integer","minimum":1,"maximum":9}},
           "required":["times"],"additionalProperties":false}\
          """,
          """
          {"type":"object","properties":{"greeting":{"type":"string"}},"required":["greeting"]}\
          """);
    }

    @Override
    public Tool.Outcome call(ObjectNode arguments, String caller) {
      if (caller.equals("gone")) {
        return new Tool.Outcome.SignInAgain();
      }
      int times = arguments.required("times").intValue();
      if (times > 3) {
        return new Tool.Outcome.Failed("That is too often.");
      }
      String greeting = ("Grüß " + caller + "! ").repeat(times).strip();
      return new Tool.Outcome.Done(greeting, json("{}").put("greeting", greeting));
    }
  }

  /** Breaks its own promise. */
  static final class Broken implements Tool<String> {
    @Override
    public ToolDefinition definition() {
      return SampleServer.definition(
          "broken", "{\"type\":\"object\"}", "{\"type\":\"object\",\"required\":[\"greeting\"]}");
    }

    @Override
    public Tool.Outcome call(ObjectNode arguments, String caller) {
      return new Tool.Outcome.Done("", json("{}"));
    }
  }

  /** People, of whom only Ada is there. */
  static final class People implements ResourceTemplate<String> {
    @Override
    public ResourceTemplateDefinition definition() {
      return new ResourceTemplateDefinition(
          "person://{name}", "person", "A person", "Somebody", "text/plain");
    }

    @Override
    public ResourceTemplate.Outcome read(String uri, String caller) {
      return switch (uri) {
        case "person://ada" -> new ResourceTemplate.Outcome.Found("Ada");
        case "person://away" -> new ResourceTemplate.Outcome.Failed("Nobody answers.");
        case "person://self" -> new ResourceTemplate.Outcome.SignInAgain();
        default -> new ResourceTemplate.Outcome.NotFound();
      };
    }
  }
}
