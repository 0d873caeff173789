/** How the log is written. */
@NullMarked
package dev.ostiary.server.log;

import org.jspecify.annotations.NullMarked;
