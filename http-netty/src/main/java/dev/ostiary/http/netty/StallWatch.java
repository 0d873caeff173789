package dev.ostiary.http.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;

/** Closes a connection whose client takes nothing of what is ready for it. */
final class StallWatch {
  private final Channel channel;
  private final Duration patience;
  private final Deadline deadline;
  private boolean watching;
  private long seen;

  StallWatch(Channel channel, Duration patience) {
    this.channel = channel;
    this.patience = patience;
    this.deadline = new Deadline(channel.eventLoop(), this::look);
  }

  void watch() {
    if (!watching) {
      watching = true;
      seen = untaken();
      deadline.in(patience);
    }
  }

  void rest() {
    watching = false;
    deadline.off();
  }

  void stop() {
    deadline.stop();
  }

  private void look() {
    long left = untaken();
    if (left == seen) {
      var _ = channel.close();
    } else {
      seen = left;
      deadline.in(patience);
    }
  }

  private long untaken() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
  }
}
