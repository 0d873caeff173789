/** The configuration of foreign authorization servers: keys, rules and records. */
@NullMarked
package dev.ostiary.embed.config.foreign;

import org.jspecify.annotations.NullMarked;
