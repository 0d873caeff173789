package dev.ostiary.http.netty;

import java.time.Duration;

/**
 * How long a listener waits for its clients.
 *
 * @param head from the first octet of a request, or from the start of a connection, until its head
 *     is there
 * @param body from the head until the content is there
 * @param idle from a reply until the next request on a kept connection
 * @param write while a client takes nothing of what is ready for it
 */
public record Timeouts(Duration head, Duration body, Duration idle, Duration write) {
  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(75),
          Duration.ofSeconds(60));
}
