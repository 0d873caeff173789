/** Joins a test to the requirement it shows; the register is {@code requirements/*.yaml}. */
@NullMarked
package dev.ostiary.requirements;

import org.jspecify.annotations.NullMarked;
