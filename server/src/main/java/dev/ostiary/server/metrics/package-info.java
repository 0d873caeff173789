/**
 * What is counted and measured while the program runs, for Prometheus. Names and labels are an API:
 * {@code docs/reference/metrics.md} lists them. Nothing here is loaded unless metrics are wanted.
 */
@NullMarked
package dev.ostiary.server.metrics;

import org.jspecify.annotations.NullMarked;
