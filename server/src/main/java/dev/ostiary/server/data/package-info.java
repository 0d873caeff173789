/** The data directory and what is in it, apart from the database. */
@NullMarked
package dev.ostiary.server.data;

import org.jspecify.annotations.NullMarked;
