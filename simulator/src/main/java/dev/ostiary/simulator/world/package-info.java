/** The accounts, organizations and repositories of a simulated GitHub. */
@NullMarked
package dev.ostiary.simulator.world;

import org.jspecify.annotations.NullMarked;
