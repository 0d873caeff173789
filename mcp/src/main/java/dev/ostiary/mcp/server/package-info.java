/** A small tool and resource server that connectors fill; it speaks every supported revision. */
@NullMarked
package dev.ostiary.mcp.server;

import org.jspecify.annotations.NullMarked;
