/** SQLite: one writer that commits in groups, readers beside it, and the file. */
@NullMarked
package dev.ostiary.store.jdbc.sqlite;

import org.jspecify.annotations.NullMarked;
