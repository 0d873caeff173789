package dev.ostiary.embed.config;

import org.jspecify.annotations.Nullable;

/**
 * Something wrong with the configuration, told to the person who wrote it.
 *
 * @param key in full, such as {@code tokens.code-lifetime}
 * @param value as it was written; null for a secret, and when there is none
 * @param what is wrong, as the predicate of a sentence about the key
 * @param remedy a sentence that says what to do
 */
public record Problem(String key, @Nullable String value, String what, String remedy) {}
