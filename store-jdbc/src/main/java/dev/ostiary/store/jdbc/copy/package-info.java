/** Moves everything from one database to another. */
@NullMarked
package dev.ostiary.store.jdbc.copy;

import org.jspecify.annotations.NullMarked;
