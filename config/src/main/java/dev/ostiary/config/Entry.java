package dev.ostiary.config;

/**
 * A key as the reference page has it.
 *
 * @param path in full; {@code *} stands for a name that the writer chooses
 * @param kind of the value
 * @param otherwise what holds when it is missing
 * @param meaning what it is for
 */
public record Entry(String path, String kind, String otherwise, String meaning) {}
