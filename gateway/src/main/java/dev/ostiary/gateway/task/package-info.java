/**
 * Tasks of backends, each of which belongs to the grant that started it (2025-11-25, Tasks;
 * extension io.modelcontextprotocol/tasks).
 */
@NullMarked
package dev.ostiary.gateway.task;

import org.jspecify.annotations.NullMarked;
