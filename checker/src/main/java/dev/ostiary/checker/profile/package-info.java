/** Real clients: would this one connect? Their steps, replayed. */
@NullMarked
package dev.ostiary.checker.profile;

import org.jspecify.annotations.NullMarked;
