/** Where the master key is. */
@NullMarked
package dev.ostiary.embed.config.key;

import org.jspecify.annotations.NullMarked;
