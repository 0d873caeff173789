/** Access tokens of foreign authorization servers: their metadata, keys, claims, introspection. */
@NullMarked
package dev.ostiary.gateway.foreign;

import org.jspecify.annotations.NullMarked;
