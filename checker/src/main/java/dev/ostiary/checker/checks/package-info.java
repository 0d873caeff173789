/** The checks, a class for each group, a method for each check. */
@NullMarked
package dev.ostiary.checker.checks;

import org.jspecify.annotations.NullMarked;
