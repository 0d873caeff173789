package dev.ostiary.mcp;

import org.jspecify.annotations.Nullable;

/**
 * The header fields of MCP, trimmed; null where there is none. Several of one name are joined by a
 * comma (RFC 9110 §5.3), and so equal nothing.
 */
public record McpHeaders(
    @Nullable String protocolVersion,
    @Nullable String method,
    @Nullable String name,
    @Nullable String sessionId) {}
