/**
 * Clients of the HTTP+SSE transport of MCP 2024-11-05, which is deprecated: two paths below the one
 * of a server, and the way from them to its backend.
 */
@NullMarked
package dev.ostiary.gateway.sse;

import org.jspecify.annotations.NullMarked;
