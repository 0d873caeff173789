/** How the program ends: its exit codes, and the refusal to start that says what to do. */
@NullMarked
package dev.ostiary.server.exit;

import org.jspecify.annotations.NullMarked;
