package dev.ostiary.http.netty;

import dev.ostiary.http.Service;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Listens on one address and serves HTTP/1.1, and 1.0, without TLS. */
public final class NettyServer implements AutoCloseable {
  private static final int BACKLOG = 1024;
  private static final int LARGEST_READ = 16 * 1024;

  private final ServerContext served;
  private final ChannelGroup connections;
  private final Channel listener;

  private NettyServer(ServerContext served, ChannelGroup connections, Channel listener) {
    this.served = served;
    this.connections = connections;
    this.listener = listener;
  }

  /**
   * Begins to listen.
   *
   * @throws BindException if the address cannot be had, naming it
   */
  public static NettyServer start(Options options, EventLoops loops, Service service)
      throws IOException {
    ServerContext served = new ServerContext(options, service);
    ChannelGroup connections = new DefaultChannelGroup(loops.group().next());
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops.group())
            .channel(loops.listening())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(512, 2048, LARGEST_READ))
            .childHandler(new Connecting(served, connections));
    if (options.address() instanceof InetSocketAddress) {
      bootstrap
          .option(ChannelOption.SO_REUSEADDR, true)
          .childOption(ChannelOption.TCP_NODELAY, true);
    }
    ChannelFuture bound = bootstrap.bind(options.address()).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw cannotListen(options.address(), bound.cause());
    }
    return new NettyServer(served, connections, bound.channel());
  }

  /** Where it listens on the network: the port is known even if 0 was asked for. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /**
   * Begins to stop: takes no new connections and closes idle ones. A request on another is served,
   * as the last one of its connection.
   */
  public void drain() {
    served.stop();
    listener.close().awaitUninterruptibly();
    connections.forEach(
        connection -> connection.pipeline().fireUserEventTriggered(ServerContext.Event.STOPPING));
  }

  /** Waits until all connections have ended; false if they have not within this time. */
  public boolean awaitEnd(Duration limit) {
    return connections
        .newCloseFuture()
        .awaitUninterruptibly(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Stops: drains, lets requests that are under way finish, and after the grace closes what is
   * left. Returns when all is closed.
   */
  public void stop(Duration grace) {
    drain();
    var _ = awaitEnd(grace);
    connections.close().awaitUninterruptibly();
  }

  /** Stops without grace. */
  @Override
  public void close() {
    stop(Duration.ZERO);
  }

  private static IOException cannotListen(SocketAddress address, Throwable cause) {
    String message = cause.getMessage();
    BindException exception =
        new BindException(
            "cannot listen on "
                + (address instanceof InetSocketAddress inet
                    ? inet.getHostString() + ":" + inet.getPort()
                    : address)
                + ": "
                + (message != null && message.contains("in use")
                    ? "address already in use"
                    : message));
    exception.initCause(cause);
    return exception;
  }

  private static final class Connecting extends ChannelInitializer<DuplexChannel> {
    private final ServerContext served;
    private final ChannelGroup connections;

    Connecting(ServerContext served, ChannelGroup connections) {
      this.served = served;
      this.connections = connections;
    }

    @Override
    protected void initChannel(DuplexChannel channel) {
      if (connections.size() >= served.limits().connections() || served.stopping()) {
        var _ = channel.close();
        return;
      }
      connections.add(channel);
      RequestAssembly assembly = new RequestAssembly(channel, served);
      channel.pipeline().addLast(assembly.decoder(), new HttpResponseEncoder(), assembly);
    }
  }
}
