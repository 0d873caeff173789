/**
 * What the tests of every module need: {@link Requirement} joins one to the requirement it shows
 * (the register is {@code requirements/*.yaml}), and {@link Samples} makes the values of a
 * property.
 */
@NullMarked
package dev.ostiary.requirements;

import org.jspecify.annotations.NullMarked;
