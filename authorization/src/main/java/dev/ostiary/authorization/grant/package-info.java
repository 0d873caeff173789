/** Ending grants, learning on every node that one has ended, and clearing up after them. */
@NullMarked
package dev.ostiary.authorization.grant;

import org.jspecify.annotations.NullMarked;
