/** The server under check as far as it is known, and the wire to it. */
@NullMarked
package dev.ostiary.checker.site;

import org.jspecify.annotations.NullMarked;
