package dev.ostiary.gateway.stream;

import java.time.Duration;

/**
 * How a stream of events is looked after.
 *
 * @param keepAlive after so much silence the client gets a comment, so that nobody on the way takes
 *     the connection for dead
 * @param idle after so much silence the backend is given up
 */
public record StreamTimeouts(Duration keepAlive, Duration idle) {}
