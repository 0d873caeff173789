/** MCP servers that are programs on this machine, spoken to over their standard streams. */
@NullMarked
package dev.ostiary.gateway.stdio;

import org.jspecify.annotations.NullMarked;
