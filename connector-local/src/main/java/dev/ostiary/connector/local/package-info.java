/**
 * Users of this server itself: their names and password hashes stand in the configuration, and no
 * identity provider is needed.
 */
@NullMarked
package dev.ostiary.connector.local;

import org.jspecify.annotations.NullMarked;
