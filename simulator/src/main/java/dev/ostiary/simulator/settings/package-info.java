/** How a simulated GitHub is set up, and the faults that it can be told to have. */
@NullMarked
package dev.ostiary.simulator.settings;

import org.jspecify.annotations.NullMarked;
