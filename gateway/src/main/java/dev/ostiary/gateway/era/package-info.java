/** What is known of the eras of MCP that backends speak, and remembered. */
@NullMarked
package dev.ostiary.gateway.era;

import org.jspecify.annotations.NullMarked;
