/** Ending grants, and learning on every node that one has ended. */
@NullMarked
package dev.ostiary.authorization.grant;

import org.jspecify.annotations.NullMarked;
