/** What an MCP server is shown to know whose call it is: keys, rules and records. */
@NullMarked
package dev.ostiary.embed.config.credential;

import org.jspecify.annotations.NullMarked;
