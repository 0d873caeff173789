/** A PostgreSQL server for tests. */
@NullMarked
package dev.ostiary.testkit.postgresql;

import org.jspecify.annotations.NullMarked;
