package dev.ostiary.server.config;

import dev.ostiary.embed.config.Problem;

/**
 * A problem and where it stands.
 *
 * @param line 0 if it stands nowhere, because something is missing
 */
record Located(int line, Problem problem) {}
