/** The contract that every store keeps, as tests to inherit. */
@NullMarked
package dev.ostiary.testkit.store;

import org.jspecify.annotations.NullMarked;
