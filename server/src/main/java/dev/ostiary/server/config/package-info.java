/**
 * Reads a configuration: text into nodes, nodes into the records of {@code embed}, and everything
 * that is wrong with it into one report.
 */
@NullMarked
package dev.ostiary.server.config;

import org.jspecify.annotations.NullMarked;
