package dev.ostiary.mcp;

import org.jspecify.annotations.Nullable;

/**
 * What decides about an entry of a list.
 *
 * @param key name of a tool or prompt, URI of a resource, URI template
 * @param readOnly the {@code readOnlyHint} among a tool's annotations; null if it has none
 * @param idempotent the {@code idempotentHint} among them
 */
public record ListEntry(
    ListMethod list, String key, @Nullable Boolean readOnly, boolean idempotent) {}
