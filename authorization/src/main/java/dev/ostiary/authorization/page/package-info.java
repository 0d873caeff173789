/**
 * The pages people see: what is on them, in which language, and the headers they are sent with.
 * They need no script, load nothing from elsewhere, and everything on them is escaped.
 */
@NullMarked
package dev.ostiary.authorization.page;

import org.jspecify.annotations.NullMarked;
