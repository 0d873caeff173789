package dev.ostiary.gateway.stdio;

import dev.ostiary.gateway.credential.BackendCredential;
import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.Channel;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.Channels;
import dev.ostiary.gateway.reply.BackendErrors;
import dev.ostiary.gateway.stream.Termination;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Channels to one MCP server that is a program: each has a child of its own. */
public final class StdioChannels implements Channels, AutoCloseable {
  private static final Duration PROBING = Duration.ofSeconds(5);

  /** Within which children end that are asked and then forced. */
  private static final Duration ENDING = Duration.ofSeconds(4);

  private final StdioParts parts;
  private final Set<StdioChannel> open = new HashSet<>();
  private final boolean personal;

  /**
   * @param credential gives the upstream token of users, if the environment names it
   */
  public StdioChannels(
      StdioSettings settings, BackendCredential credential, UserFacts facts, StdioShared shared) {
    this.parts =
        new StdioParts(
            settings,
            new ChildEnvironment(settings.name(), settings.environment(), credential, facts),
            new Room(settings.children(), settings.perUser()),
            new BackOff(),
            open,
            new AtomicBoolean(),
            shared);
    this.personal = !settings.environment().placeholders().isEmpty();
  }

  @Override
  public Channel open(Cause cause, Channel.Listener listener) {
    StdioChannel channel = new StdioChannel(parts, cause, listener);
    synchronized (open) {
      open.add(channel);
    }
    parts.later(channel::open);
    return channel;
  }

  @Override
  public Duration probing() {
    return PROBING;
  }

  @Override
  public boolean isPersonal() {
    return personal;
  }

  /** How many children there are, and how many are about to be. */
  public int size() {
    synchronized (open) {
      return open.size();
    }
  }

  /** Ends all children. Blocks until they have ended, for 4 seconds at most. */
  @Override
  public void close() {
    parts.hurried().set(true);
    List<StdioChannel> all;
    synchronized (open) {
      all = List.copyOf(open);
    }
    ChannelFailure stopping =
        new ChannelFailure.Unavailable(
            503, BackendErrors.ended(parts.settings().name(), Termination.STOPPING), null, null);
    all.forEach(channel -> channel.fail(null, stopping));
    long end = System.nanoTime() + ENDING.toNanos();
    synchronized (open) {
      try {
        long left = ENDING.toMillis();
        while (!open.isEmpty() && left > 0) {
          open.wait(left);
          left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
      } catch (InterruptedException hurried) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
