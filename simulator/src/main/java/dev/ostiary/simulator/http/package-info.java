/** Forms, JSON and pages as GitHub reads and writes them, and a journal of the requests. */
@NullMarked
package dev.ostiary.simulator.http;

import org.jspecify.annotations.NullMarked;
