/**
 * The compliance checker: is an MCP server's authorization right? It knows a server by its URL
 * alone, asks it over HTTP, and compares the answers with the specifications.
 */
@NullMarked
package dev.ostiary.checker;

import org.jspecify.annotations.NullMarked;
