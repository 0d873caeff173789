/** What backends are shown to know whose call it is (MCP authorization, Token Handling). */
@NullMarked
package dev.ostiary.gateway.credential;

import org.jspecify.annotations.NullMarked;
