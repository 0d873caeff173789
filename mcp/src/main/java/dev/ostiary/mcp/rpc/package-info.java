/** JSON-RPC messages as trees, for those who change them on their way. */
@NullMarked
package dev.ostiary.mcp.rpc;

import org.jspecify.annotations.NullMarked;
