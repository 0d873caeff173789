package dev.ostiary.embed.config;

/**
 * The tools of a connector, served as an MCP server.
 *
 * @param type of the connector
 */
public record ConnectorServer(String type) implements ServerTarget {}
