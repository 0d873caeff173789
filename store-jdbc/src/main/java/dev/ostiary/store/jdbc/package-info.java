/**
 * The store on a database, reached by JDBC. The tables are classes named for their nouns and speak
 * SQL that SQLite and PostgreSQL share; {@link dev.ostiary.store.jdbc.Database} is where they
 * differ: how to connect, and how a transaction becomes durable.
 */
@NullMarked
package dev.ostiary.store.jdbc;

import org.jspecify.annotations.NullMarked;
