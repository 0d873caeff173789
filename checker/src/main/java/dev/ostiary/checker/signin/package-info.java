/** The way through a sign-in: to a code, as a person or in a person's place. */
@NullMarked
package dev.ostiary.checker.signin;

import org.jspecify.annotations.NullMarked;
