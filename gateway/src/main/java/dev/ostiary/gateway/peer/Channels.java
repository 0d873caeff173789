package dev.ostiary.gateway.peer;

import java.time.Duration;

/** Opens channels to one backend. */
public interface Channels {
  /**
   * Opens a channel. Returns at once; what is sent before it is open waits, and a channel that
   * cannot be opened closes.
   *
   * @param cause for whom: the channel is used for this user and grant alone
   */
  Channel open(Cause cause, Channel.Listener listener);

  /**
   * How long a server may take to answer the question for its era, after which it is taken for a
   * legacy one.
   */
  Duration probing();

  /** How long a server may take to begin, until it has answered {@code initialize}. */
  default Duration opening() {
    return Duration.ofMinutes(1);
  }

  /** Whether the backend learns who calls, so that its answers may be for that user alone. */
  boolean isPersonal();
}
