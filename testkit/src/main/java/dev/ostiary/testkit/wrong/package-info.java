/**
 * A small MCP server with its authorization server that does everything right, except for what it
 * is told to do wrong: each fault is one switch, and breaks one check of the checker.
 */
@NullMarked
package dev.ostiary.testkit.wrong;

import org.jspecify.annotations.NullMarked;
