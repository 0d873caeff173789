package dev.ostiary.gateway.backend;

import java.net.URI;
import java.time.Duration;

/**
 * An MCP server that is reached over HTTP, and how much it is trusted with.
 *
 * @param name as in the configuration, and all that a client learns of it
 * @param resource what clients know the server by
 * @param uri where messages are sent
 * @param answer until the server begins to answer; also how long an answer may pause that is no
 *     stream of events
 * @param idle how long a stream of events may be silent
 * @param keepAlive after so much silence a client gets a comment
 * @param sessionLifetime of session ids
 * @param calls that may wait for an answer at the same time
 * @param waiting calls that may wait for their turn beyond these
 * @param streams of events that may be open at the same time
 * @param failures in a row after which the server is left alone
 * @param pause how long it is left alone then
 */
public record HttpBackendSettings(
    String name,
    String resource,
    URI uri,
    Duration answer,
    Duration idle,
    Duration keepAlive,
    Duration sessionLifetime,
    int calls,
    int waiting,
    int streams,
    int failures,
    Duration pause) {}
