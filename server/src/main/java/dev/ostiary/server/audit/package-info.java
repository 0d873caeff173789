/** The audit stream as a file of JSON lines. */
@NullMarked
package dev.ostiary.server.audit;

import org.jspecify.annotations.NullMarked;
