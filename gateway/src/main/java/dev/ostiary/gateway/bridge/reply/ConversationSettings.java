package dev.ostiary.gateway.bridge.reply;

import dev.ostiary.gateway.stream.StreamTimeouts;
import java.time.Duration;

/**
 * What bridged conversations with one backend keep to.
 *
 * @param name as in the configuration; clients see nothing else of the backend
 * @param resource the identifier (RFC 8707) that clients know the server by
 * @param answer longest time until a request has its answer, or the backend says something about it
 * @param idle longest silence of the backend within a stream of events
 * @param keepAlive silence after which the client is sent a comment
 * @param sessionLifetime of session ids
 * @param unused after so long without a call or stream a conversation is ended
 * @param conversations at the same time, of all users
 * @param perUser at the same time, of one user
 */
public record ConversationSettings(
    String name,
    String resource,
    Duration answer,
    Duration idle,
    Duration keepAlive,
    Duration sessionLifetime,
    Duration unused,
    int conversations,
    int perUser) {
  /** Those of streams to clients. */
  public StreamTimeouts streams() {
    return new StreamTimeouts(keepAlive, idle);
  }
}
