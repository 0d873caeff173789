/**
 * Channels to MCP servers over HTTP, in its two transports, and the choice of what a call takes.
 */
@NullMarked
package dev.ostiary.gateway.remote;

import org.jspecify.annotations.NullMarked;
