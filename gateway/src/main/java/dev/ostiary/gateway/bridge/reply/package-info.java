/** What a client of a bridged conversation is answered: JSON, or a stream of events. */
@NullMarked
package dev.ostiary.gateway.bridge.reply;

import org.jspecify.annotations.NullMarked;
