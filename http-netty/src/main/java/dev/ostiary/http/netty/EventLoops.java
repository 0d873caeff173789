package dev.ostiary.http.netty;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The threads that move octets, shared by everything that listens and calls: a call made for a
 * request stays on the request's thread. Linux's epoll where its native library is there, the JDK's
 * selectors elsewhere.
 */
public final class EventLoops implements AutoCloseable {
  private final IoEventLoopGroup group;
  private final Class<? extends ServerChannel> listening;
  private final Class<? extends Channel> calling;

  private EventLoops(
      IoEventLoopGroup group,
      Class<? extends ServerChannel> listening,
      Class<? extends Channel> calling) {
    this.group = group;
    this.listening = listening;
    this.calling = calling;
  }

  /** One loop for each processor, on the fastest transport of this machine. */
  public static EventLoops start() {
    int threads = Runtime.getRuntime().availableProcessors();
    return Epoll.isAvailable() ? epoll(threads) : nio(threads);
  }

  /**
   * One loop for Unix domain sockets, on the JDK's selectors: they refuse a path that is too long,
   * which epoll's native library cuts off.
   */
  public static EventLoops startLocal() {
    return new EventLoops(
        new MultiThreadIoEventLoopGroup(1, threads(), NioIoHandler.newFactory()),
        NioServerDomainSocketChannel.class,
        NioDomainSocketChannel.class);
  }

  static EventLoops epoll(int threads) {
    return new EventLoops(
        new MultiThreadIoEventLoopGroup(threads, threads(), EpollIoHandler.newFactory()),
        EpollServerSocketChannel.class,
        EpollSocketChannel.class);
  }

  static EventLoops nio(int threads) {
    return new EventLoops(
        new MultiThreadIoEventLoopGroup(threads, threads(), NioIoHandler.newFactory()),
        NioServerSocketChannel.class,
        NioSocketChannel.class);
  }

  private static ThreadFactory threads() {
    return new DefaultThreadFactory("ostiary-loop", true);
  }

  public IoEventLoopGroup group() {
    return group;
  }

  Class<? extends ServerChannel> listening() {
    return listening;
  }

  public Class<? extends Channel> calling() {
    return calling;
  }

  /** The loop that the caller runs on, or else the next in turn. */
  public EventLoop here() {
    for (EventExecutor loop : group) {
      if (loop.inEventLoop()) {
        return (EventLoop) loop;
      }
    }
    return group.next();
  }

  /** Stops the threads. Whatever still uses them breaks off. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
