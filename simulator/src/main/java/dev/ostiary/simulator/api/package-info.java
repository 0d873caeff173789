/** The REST API. */
@NullMarked
package dev.ostiary.simulator.api;

import org.jspecify.annotations.NullMarked;
