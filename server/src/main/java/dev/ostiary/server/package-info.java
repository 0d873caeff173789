/** The program: command line, start and stop, files, logging. */
@NullMarked
package dev.ostiary.server;

import org.jspecify.annotations.NullMarked;
