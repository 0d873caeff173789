package dev.ostiary.gateway.stream;

import java.time.Duration;

/**
 * The time-outs of a relayed stream of events.
 *
 * @param keepAlive silence after which the client is sent a comment, so that no intermediary closes
 *     the connection
 * @param idle silence of the backend after which the stream is ended
 */
public record StreamTimeouts(Duration keepAlive, Duration idle) {}
