/** The checker on the command line: what it is asked for, and how people sign in for it. */
@NullMarked
package dev.ostiary.server.check;

import org.jspecify.annotations.NullMarked;
