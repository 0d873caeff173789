/** Where everything is kept, if not in a file of the data directory. */
@NullMarked
package dev.ostiary.embed.config.store;

import org.jspecify.annotations.NullMarked;
