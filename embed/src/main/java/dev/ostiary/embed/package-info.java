/**
 * Ostiary inside another Java program: {@link dev.ostiary.embed.Ostiary} takes a configuration and
 * gives a request handler. This is the only place where the parts are put together.
 */
@NullMarked
package dev.ostiary.embed;

import org.jspecify.annotations.NullMarked;
