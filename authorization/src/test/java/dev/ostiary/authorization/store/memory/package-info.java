/** A store in memory, for tests. */
@NullMarked
package dev.ostiary.authorization.store.memory;

import org.jspecify.annotations.NullMarked;
