package dev.ostiary.mcp.server;

/**
 * How a server introduces itself.
 *
 * @param name for programs and logs
 * @param instructions for the model, on how to use the server; may be empty
 */
public record ServerDescription(String name, String version, String instructions) {}
