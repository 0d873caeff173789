/**
 * GitHub, twice: as an upstream where users sign in, and as the tools of a built-in MCP server.
 * What is odd about GitHub stays in here.
 */
@NullMarked
package dev.ostiary.connector.github;

import org.jspecify.annotations.NullMarked;
