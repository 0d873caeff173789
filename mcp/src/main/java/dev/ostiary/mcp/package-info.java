/** The MCP wire: JSON-RPC envelope, revisions and eras, headers and their encoding. No sockets. */
@NullMarked
package dev.ostiary.mcp;

import org.jspecify.annotations.NullMarked;
