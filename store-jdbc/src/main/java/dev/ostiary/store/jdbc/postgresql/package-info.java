/** PostgreSQL: a pool of connections to a server that several nodes may share. */
@NullMarked
package dev.ostiary.store.jdbc.postgresql;

import org.jspecify.annotations.NullMarked;
