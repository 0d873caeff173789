/** The contract that every connector keeps, as tests to inherit. */
@NullMarked
package dev.ostiary.testkit.connector;

import org.jspecify.annotations.NullMarked;
