package dev.ostiary.testkit.wrong;

import dev.ostiary.mcp.server.Tool;
import dev.ostiary.mcp.server.ToolDefinition;
import tools.jackson.databind.node.ObjectNode;

/** A tool that takes nothing and says nothing. */
final class SampleTool implements Tool<String> {
  private final String name;

  SampleTool(String name) {
    this.name = name;
  }

  @Override
  public ToolDefinition definition() {
    ObjectNode input = World.object().put("type", "object");
    ObjectNode output = World.object().put("type", "object");
    return new ToolDefinition(name, name, "Says nothing.", input, output, true, false);
  }

  @Override
  public Outcome call(ObjectNode arguments, String caller) {
    return new Outcome.Done("{}", World.object());
  }
}
