/**
 * Conversations with backends message by message, whatever carries them: the channels that carry
 * them, and the two eras in which they are held.
 */
@NullMarked
package dev.ostiary.gateway.peer;

import org.jspecify.annotations.NullMarked;
