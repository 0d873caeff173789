package dev.ostiary.authorization.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A grant in a list.
 *
 * @param usedAt when its client was given tokens last, but for repeated ones; null while it waits
 *     for its code
 */
public record ListedGrant(Grant grant, @Nullable Instant usedAt) {}
