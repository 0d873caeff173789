/**
 * Backends that are spoken to message by message: programs, servers of the transport of 2024-11-05,
 * and servers of another era than their client's.
 */
@NullMarked
package dev.ostiary.gateway.bridge;

import org.jspecify.annotations.NullMarked;
