/** Sample values and tools for tests of what Ostiary is made of. */
@NullMarked
package dev.ostiary.testkit;

import org.jspecify.annotations.NullMarked;
