package dev.ostiary.config;

import org.jspecify.annotations.Nullable;

/**
 * Something wrong with a configuration, told to the person who wrote it.
 *
 * @param key in full, such as {@code tokens.code-lifetime}; empty for all of what was read
 * @param value as it was written; null for a secret, and when there is none
 * @param line where it stands; 0 if it stands nowhere, because something is missing
 * @param what is wrong, as the predicate of a sentence about the key
 * @param remedy a sentence that says what to do
 */
public record Problem(String key, @Nullable String value, int line, String what, String remedy) {}
