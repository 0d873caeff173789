package dev.ostiary.gateway.policy;

import org.jspecify.annotations.Nullable;

/**
 * Something wrong with a policy, told to the person who wrote it.
 *
 * @param key within the policy, such as {@code tools.read_*.needs}; empty for all of it
 * @param value as it was written, if that is one word
 * @param line where it stands
 * @param what is wrong, as the predicate of a sentence about the key
 * @param remedy a sentence that says what to do
 */
public record PolicyProblem(
    String key, @Nullable String value, int line, String what, String remedy) {}
