/** Streamed bodies on their way to a client, and the ticker that enforces their time-outs. */
@NullMarked
package dev.ostiary.gateway.stream;

import org.jspecify.annotations.NullMarked;
