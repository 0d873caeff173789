package dev.ostiary.gateway.backend;

import java.net.URI;
import java.time.Duration;

/**
 * An MCP server that is reached over HTTP: its address, time-outs and limits.
 *
 * @param name as in the configuration; clients see nothing else of it
 * @param resource the identifier (RFC 8707) that clients know the server by
 * @param uri where messages are sent
 * @param answer longest time until the answer begins, and longest pause within an answer that is no
 *     stream of events
 * @param idle longest silence of the backend within a stream of events
 * @param keepAlive silence after which the client is sent a comment
 * @param sessionLifetime of session ids
 * @param calls permits for calls, each held until the answer is complete or a stream begins
 * @param waiting places in the queue for a permit
 * @param streams permits for open streams of events
 * @param failures in a row that open the circuit breaker
 * @param pause longest time between two probes of an open circuit breaker
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
