/**
 * Ending grants, revoking access tokens, learning of it on every node, and clearing up afterwards.
 */
@NullMarked
package dev.ostiary.authorization.grant;

import org.jspecify.annotations.NullMarked;
