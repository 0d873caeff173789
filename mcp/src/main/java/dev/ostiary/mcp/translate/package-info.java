/**
 * The words of one era of MCP in those of the other: what a client and a server say of themselves,
 * results and errors (2026-07-28, Versioning; 2025-11-25, Lifecycle).
 */
@NullMarked
package dev.ostiary.mcp.translate;

import org.jspecify.annotations.NullMarked;
