package dev.ostiary.mcp.server;

/** What {@code resources/templates/list} says of a family of resources. */
public record ResourceTemplateDefinition(
    String uriTemplate, String name, String title, String description, String mimeType) {}
