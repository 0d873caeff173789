/** The whole program under test: real clients, the official suite, structure, the register. */
@NullMarked
package dev.ostiary.acceptance;

import org.jspecify.annotations.NullMarked;
