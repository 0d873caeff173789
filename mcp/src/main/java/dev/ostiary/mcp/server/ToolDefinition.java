package dev.ostiary.mcp.server;

import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code tools/list} says of a tool.
 *
 * @param inputSchema JSON Schema 2020-12 of type object
 * @param outputSchema the same, of {@code structuredContent}
 * @param readOnly changes nothing anywhere ({@code readOnlyHint})
 * @param openWorld reaches beyond this server ({@code openWorldHint})
 */
public record ToolDefinition(
    String name,
    String title,
    String description,
    ObjectNode inputSchema,
    ObjectNode outputSchema,
    boolean readOnly,
    boolean openWorld) {}
