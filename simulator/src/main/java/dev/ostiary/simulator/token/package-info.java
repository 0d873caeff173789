/** Apps, and the codes and tokens that they are given. */
@NullMarked
package dev.ostiary.simulator.token;

import org.jspecify.annotations.NullMarked;
