package dev.ostiary.http.netty;

import dev.ostiary.http.Outbound;
import dev.ostiary.http.Outgoing;
import dev.ostiary.http.Reply;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Calls other servers over HTTP/1.1. Connections are kept and used again; a call made on an event
 * loop stays on it. Redirects, cookies, compression and proxies are none of its business.
 */
public final class NettyOutbound implements Outbound {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int STATUS_LINE = 8 * 1024;
  private static final int HEADER_OCTETS = 64 * 1024;

  private final EventLoops loops;
  private final SslContext tls;
  private final ChannelGroup connections;
  private final Pool pool = new Pool();
  private final ClientConnection.Owner owner = new Owning();
  private volatile boolean closed;

  /** Trusts the authorities that the JDK trusts. */
  public NettyOutbound(EventLoops loops) throws IOException {
    this(loops, List.of());
  }

  /**
   * @param authorities to trust beside those that the JDK trusts
   */
  public NettyOutbound(EventLoops loops, List<X509Certificate> authorities) throws IOException {
    this.loops = loops;
    this.tls = Trust.context(authorities);
    this.connections = new DefaultChannelGroup(loops.group().next());
  }

  @Override
  public CompletableFuture<Reply> send(Outgoing request) {
    Origin origin = Origin.of(request.uri());
    if (closed || origin == null) {
      String why = closed ? "outbound calls have ended" : "not an http or https address";
      return CompletableFuture.failedFuture(new IOException(why));
    }
    Call call = new Call(request, origin, loops.here());
    ClientConnection waiting = pool.take(origin);
    if (waiting != null) {
      waiting.send(call, true);
    } else {
      connect(call);
    }
    return call.answer();
  }

  /** Ends every call and connection. */
  @Override
  public void close() {
    closed = true;
    connections.close().awaitUninterruptibly();
  }

  private void connect(Call call) {
    if (call.answer().isDone()) {
      return;
    }
    EventLoop loop = loops.here();
    InetAddress literal = call.origin().literal();
    if (literal != null) {
      connect(call, List.of(literal), 0, loop);
    } else {
      Thread.startVirtualThread(() -> resolve(call, loop));
    }
  }

  private void resolve(Call call, EventLoop loop) {
    try {
      connect(call, call.origin().resolve(), 0, loop);
    } catch (UnknownHostException unknown) {
      call.fail(unreachable(call, unknown));
    }
  }

  private void connect(Call call, List<InetAddress> addresses, int which, EventLoop loop) {
    Origin origin = call.origin();
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(loops.calling())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.AUTO_READ, false)
            .handler(new Connecting(this, origin));
    bootstrap
        .connect(new InetSocketAddress(addresses.get(which), origin.port()))
        .addListener(
            (ChannelFutureListener)
                connected -> {
                  if (connected.isSuccess()) {
                    begin(call, connected.channel());
                  } else if (which + 1 < addresses.size() && !call.answer().isDone()) {
                    connect(call, addresses, which + 1, loop);
                  } else {
                    call.fail(unreachable(call, connected.cause()));
                  }
                });
  }

  private void begin(Call call, Channel channel) {
    call.travelOn(channel);
    ClientConnection connection = channel.pipeline().get(ClientConnection.class);
    SslHandler handshake = channel.pipeline().get(SslHandler.class);
    if (handshake == null) {
      connection.send(call, false);
      return;
    }
    channel.read();
    handshake
        .handshakeFuture()
        .addListener(
            shaken -> {
              if (shaken.isSuccess()) {
                connection.send(call, false);
              } else {
                call.fail(noTls(call, shaken.cause()));
                var _ = channel.close();
              }
            });
  }

  private static IOException noTls(Call call, @Nullable Throwable cause) {
    return cause instanceof IOException known
        ? known
        : new IOException("no TLS with " + call.origin(), cause);
  }

  private static ConnectException unreachable(Call call, @Nullable Throwable cause) {
    ConnectException exception = new ConnectException("cannot reach " + call.origin());
    exception.initCause(cause);
    return exception;
  }

  private final class Owning implements ClientConnection.Owner {
    @Override
    public void connect(Call call) {
      NettyOutbound.this.connect(call);
    }

    @Override
    public boolean takeBack(ClientConnection connection) {
      return !closed && pool.offer(connection.origin(), connection);
    }

    @Override
    public void forget(ClientConnection connection) {
      pool.remove(connection.origin(), connection);
    }
  }

  private static final class Connecting extends ChannelInitializer<SocketChannel> {
    private final NettyOutbound outbound;
    private final Origin origin;

    Connecting(NettyOutbound outbound, Origin origin) {
      this.outbound = outbound;
      this.origin = origin;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
      outbound.connections.add(channel);
      if (origin.tls()) {
        SslHandler tls = outbound.tls.newHandler(channel.alloc(), origin.host(), origin.port());
        tls.setHandshakeTimeoutMillis(CONNECT_MILLIS);
        channel.pipeline().addLast(tls);
      }
      HttpDecoderConfig limits =
          new HttpDecoderConfig()
              .setMaxInitialLineLength(STATUS_LINE)
              .setMaxHeaderSize(HEADER_OCTETS);
      channel
          .pipeline()
          .addLast(
              new HttpClientCodec(limits, false, false),
              new ClientConnection(channel, origin, outbound.owner));
    }
  }
}
