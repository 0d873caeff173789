/**
 * What people have agreed to before, so that they need not be asked again; only where somebody has
 * switched that on.
 */
@NullMarked
package dev.ostiary.authorization.approval;

import org.jspecify.annotations.NullMarked;
