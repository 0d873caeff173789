package dev.ostiary.mcp.server;

import dev.ostiary.mcp.Revision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The results that are the same for every caller, as bytes: what a server can do, and the lists of
 * it. Methods of a capability that the server does not have are not among them.
 */
final class Listings {
  private final Map<String, byte[]> results = new HashMap<>();

  Listings(
      Dialect dialect, List<ToolDefinition> tools, List<ResourceTemplateDefinition> templates) {
    if (!tools.isEmpty()) {
      results.put("tools/list", dialect.kept(tools(tools)));
    }
    if (!templates.isEmpty()) {
      ObjectNode resources = Dialect.object();
      resources.putArray("resources");
      results.put("resources/list", dialect.kept(resources));
      results.put("resources/templates/list", dialect.kept(templates(templates)));
    }
    if (dialect.revision().isModern()) {
      results.put("server/discover", dialect.kept(discovery(dialect, tools, templates)));
    } else {
      results.put("initialize", dialect.complete(handshake(dialect, tools, templates)));
      results.put("ping", dialect.complete(Dialect.object()));
    }
  }

  /** The result of the method, or null if it is not here. */
  byte @Nullable [] result(String method) {
    return results.get(method);
  }

  private static ObjectNode discovery(
      Dialect dialect, List<ToolDefinition> tools, List<ResourceTemplateDefinition> templates) {
    ObjectNode result = Dialect.object();
    result.putArray("supportedVersions").add(Revision.MODERN.wire());
    result.set("capabilities", capabilities(tools, templates));
    dialect.instruct(result);
    return result;
  }

  private static ObjectNode handshake(
      Dialect dialect, List<ToolDefinition> tools, List<ResourceTemplateDefinition> templates) {
    ObjectNode result = Dialect.object().put("protocolVersion", dialect.revision().wire());
    result.set("capabilities", capabilities(tools, templates));
    result.set("serverInfo", dialect.serverInfo());
    dialect.instruct(result);
    return result;
  }

  private static ObjectNode capabilities(
      List<ToolDefinition> tools, List<ResourceTemplateDefinition> templates) {
    ObjectNode capabilities = Dialect.object();
    if (!tools.isEmpty()) {
      capabilities.putObject("tools");
    }
    if (!templates.isEmpty()) {
      capabilities.putObject("resources");
    }
    return capabilities;
  }

  private static ObjectNode tools(List<ToolDefinition> definitions) {
    ObjectNode result = Dialect.object();
    ArrayNode tools = result.putArray("tools");
    definitions.forEach(definition -> tools.add(tool(definition)));
    return result;
  }

  private static ObjectNode tool(ToolDefinition definition) {
    ObjectNode tool = Dialect.object().put("name", definition.name());
    tool.put("title", definition.title());
    tool.put("description", definition.description());
    tool.set("inputSchema", definition.inputSchema());
    tool.set("outputSchema", definition.outputSchema());
    tool.putObject("annotations")
        .put("title", definition.title())
        .put("readOnlyHint", definition.readOnly())
        .put("openWorldHint", definition.openWorld());
    return tool;
  }

  private static ObjectNode templates(List<ResourceTemplateDefinition> definitions) {
    ObjectNode result = Dialect.object();
    ArrayNode templates = result.putArray("resourceTemplates");
    for (ResourceTemplateDefinition definition : definitions) {
      ObjectNode template = templates.addObject();
      template.put("uriTemplate", definition.uriTemplate()).put("name", definition.name());
      template.put("title", definition.title());
      template.put("description", definition.description()).put("mimeType", definition.mimeType());
    }
    return result;
  }
}
