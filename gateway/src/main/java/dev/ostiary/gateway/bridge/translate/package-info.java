/**
 * Conversations in one era with backends of the other (2026-07-28, Versioning, Backward
 * Compatibility).
 */
@NullMarked
package dev.ostiary.gateway.bridge.translate;

import org.jspecify.annotations.NullMarked;
