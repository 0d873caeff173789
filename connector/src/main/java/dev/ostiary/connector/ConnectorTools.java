package dev.ostiary.connector;

import dev.ostiary.gateway.token.Caller;
import dev.ostiary.mcp.server.ResourceTemplate;
import dev.ostiary.mcp.server.Tool;
import java.util.List;

/**
 * Tools and resources that work with the user's own token.
 *
 * @param instructions for the model that uses them
 */
public record ConnectorTools(
    String instructions, List<Tool<Caller>> tools, List<ResourceTemplate<Caller>> resources) {
  public ConnectorTools {
    tools = List.copyOf(tools);
    resources = List.copyOf(resources);
  }
}
