/** Whether what many callers of a store were told at once could have happened one by one. */
@NullMarked
package dev.ostiary.testkit.history;

import org.jspecify.annotations.NullMarked;
