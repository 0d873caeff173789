package dev.ostiary.server;

import dev.ostiary.embed.Ostiary;
import dev.ostiary.http.netty.NettyServer;
import java.time.Duration;

/**
 * Stops serving, in order: first {@code /ready} says so, while everything is still served; then
 * nothing new is taken and the streams that do not end by themselves are ended; then calls have
 * time to finish. All of it takes less than a {@link StopSignal} allows.
 */
record Stopping(Ostiary ostiary, NettyServer server) implements AutoCloseable {
  /** How long everything is served after {@code /ready} has said that it will not be. */
  private static final Duration NOTICE = Duration.ofSeconds(1);

  /** How long calls have to finish. */
  private static final Duration GRACE = Duration.ofSeconds(6);

  /** How long clients have to take the last word. */
  private static final Duration PARTING = Duration.ofSeconds(1);

  @Override
  public void close() {
    ostiary.announceStop();
    serve();
    server.drain();
    ostiary.endLastingStreams();
    if (!server.awaitEnd(GRACE)) {
      ostiary.endCalls();
    }
    server.stop(PARTING);
  }

  private static void serve() {
    try {
      Thread.sleep(NOTICE);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
