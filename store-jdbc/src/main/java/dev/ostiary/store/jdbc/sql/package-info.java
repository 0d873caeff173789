/** Statements, their columns and values, and the migrations of a schema, for any database. */
@NullMarked
package dev.ostiary.store.jdbc.sql;

import org.jspecify.annotations.NullMarked;
