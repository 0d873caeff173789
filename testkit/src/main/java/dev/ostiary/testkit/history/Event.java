package dev.ostiary.testkit.history;

/**
 * A call that was answered.
 *
 * @param invoked when it began, by {@link System#nanoTime}
 * @param returned when the answer was there
 */
public record Event<S>(Verb<S> verb, Object answer, long invoked, long returned) {}
