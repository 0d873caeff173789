/** The tools of a server as its own list has them, read by the gateway itself. */
@NullMarked
package dev.ostiary.gateway.tool;

import org.jspecify.annotations.NullMarked;
