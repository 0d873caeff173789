/** The tables of the store and what is asked of each. */
@NullMarked
package dev.ostiary.store.jdbc.table;

import org.jspecify.annotations.NullMarked;
