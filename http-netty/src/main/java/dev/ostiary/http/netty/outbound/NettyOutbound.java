package dev.ostiary.http.netty.outbound;

import dev.ostiary.http.ClientSettings;
import dev.ostiary.http.ConnectRoute;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.http.netty.EventLoops;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Calls other servers over HTTP/1.1. Connections are kept and used again; a call made on an event
 * loop stays on it. Redirects, cookies and compression are none of its business.
 */
public final class NettyOutbound implements Outbound {
  private static final int STATUS_LINE = 8 * 1024;
  private static final int HEADER_OCTETS = 64 * 1024;

  private final EventLoops loops;
  private final boolean namesHosts;
  private final @Nullable UnixDomainSocketAddress local;
  private final @Nullable SslContext tls;
  private final int connectMillis;
  private final Duration idle;
  private final ChannelGroup connections;
  private final Pool pool = new Pool();
  private final ClientConnection.Owner owner = new Owning();
  private volatile boolean closed;

  /** Trusts the authorities that the JDK trusts. */
  public NettyOutbound(EventLoops loops) throws IOException {
    this(loops, ClientSettings.USUAL);
  }

  /**
   * @param authorities to trust beside those that the JDK trusts
   */
  public NettyOutbound(EventLoops loops, List<X509Certificate> authorities) throws IOException {
    this(
        loops,
        new ClientSettings(authorities, ClientSettings.USUAL.connect(), ClientSettings.USUAL_IDLE));
  }

  public NettyOutbound(EventLoops loops, ClientSettings how) throws IOException {
    this(loops, how, false, null);
  }

  private NettyOutbound(
      EventLoops loops,
      ClientSettings how,
      boolean namesHosts,
      @Nullable UnixDomainSocketAddress local)
      throws IOException {
    this.loops = loops;
    this.namesHosts = namesHosts;
    this.local = local;
    this.tls = local == null ? Trust.context(how.authorities()) : null;
    this.connectMillis = Math.toIntExact(how.connect().toMillis());
    this.idle = how.idle();
    this.connections = new DefaultChannelGroup(loops.group().next());
  }

  /**
   * One that says in {@code Host} what a request has there, wherever it goes: to try what servers
   * make of it. Nothing that serves others calls with it.
   */
  public static NettyOutbound namingHosts(EventLoops loops) throws IOException {
    return new NettyOutbound(loops, ClientSettings.USUAL, true, null);
  }

  /**
   * One whose calls all go to a Unix domain socket, whatever host their addresses name.
   *
   * @param loops of {@link EventLoops#startLocal}
   */
  public static NettyOutbound to(UnixDomainSocketAddress socket, EventLoops loops)
      throws IOException {
    return new NettyOutbound(loops, ClientSettings.USUAL, false, socket);
  }

  @Override
  public CompletableFuture<Reply> send(OutboundRequest request) {
    return send(request, true);
  }

  @Override
  public CompletableFuture<Reply> sendAnew(OutboundRequest request) {
    return send(request, false);
  }

  private CompletableFuture<Reply> send(OutboundRequest request, boolean kept) {
    Origin origin = Origin.of(request.uri());
    if (closed || origin == null) {
      String why = closed ? "outbound calls have ended" : "not an http or https address";
      return CompletableFuture.failedFuture(new IOException(why));
    }
    Call call = new Call(request, origin, null, loops.here()).naming(host(request, origin));
    ClientConnection waiting = kept ? pool.take(origin) : null;
    if (waiting != null) {
      waiting.send(call, true);
    } else {
      connect(call);
    }
    return call.answer();
  }

  @Override
  public CompletableFuture<Reply> send(OutboundRequest request, ConnectRoute way) {
    Origin origin = Origin.of(request.uri());
    if (closed || origin == null || !origin.tls()) {
      String why = closed ? "outbound calls have ended" : "not an https address";
      return CompletableFuture.failedFuture(new IOException(why));
    }
    Call call = new Call(request, origin, way, loops.here());
    connect(call);
    return call.answer();
  }

  private String host(OutboundRequest request, Origin origin) {
    return namesHosts
        ? request.headers().first("Host").orElse(origin.authority())
        : origin.authority();
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
    if (local != null) {
      connectLocally(call, local, loop);
      return;
    }
    switch (call.way()) {
      case ConnectRoute.Pinned pinned -> connect(call, pinned.addresses(), 0, loop);
      case ConnectRoute.Tunnelled tunnelled ->
          resolve(call, new Origin(false, tunnelled.proxyHost(), tunnelled.proxyPort()), loop);
      case null -> resolve(call, call.origin(), loop);
    }
  }

  private void connectLocally(Call call, UnixDomainSocketAddress socket, EventLoop loop) {
    new Bootstrap()
        .group(loop)
        .channel(loops.calling())
        .option(ChannelOption.AUTO_READ, false)
        .handler(new Connecting(this, call.origin(), null, owner))
        .connect(socket)
        .addListener(
            (ChannelFutureListener)
                connected -> {
                  if (connected.isSuccess()) {
                    begin(call, connected.channel());
                  } else {
                    call.fail(unreachable(call, connected.cause()));
                  }
                });
  }

  private void resolve(Call call, Origin peer, EventLoop loop) {
    InetAddress literal = peer.literal();
    if (literal != null) {
      connect(call, List.of(literal), 0, loop);
    } else {
      Thread.startVirtualThread(() -> lookUp(call, peer, loop));
    }
  }

  private void lookUp(Call call, Origin peer, EventLoop loop) {
    try {
      connect(call, peer.resolve(), 0, loop);
    } catch (UnknownHostException unknown) {
      call.fail(unreachable(call, unknown));
    }
  }

  private void connect(Call call, List<InetAddress> addresses, int which, EventLoop loop) {
    dial(call, addresses.get(which), loop)
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

  private ChannelFuture dial(Call call, InetAddress address, EventLoop loop) {
    Origin origin = call.origin();
    ConnectRoute way = call.way();
    int patience = way == null ? connectMillis : (int) way.patience().toMillis();
    ProxyHandler proxy =
        way instanceof ConnectRoute.Tunnelled(_, int port, _)
            ? new HttpProxyHandler(new InetSocketAddress(address, port))
            : null;
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(loops.calling())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, patience)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.AUTO_READ, false)
            .handler(new Connecting(this, origin, proxy, way == null ? owner : new OneCall()));
    if (proxy == null) {
      return bootstrap.connect(new InetSocketAddress(address, origin.port()));
    }
    proxy.setConnectTimeoutMillis(patience);
    return bootstrap
        .disableResolver()
        .connect(InetSocketAddress.createUnresolved(origin.host(), origin.port()));
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
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof ProxyConnectException) {
        return unreachable(call, at);
      }
    }
    return cause instanceof IOException known
        ? known
        : new IOException("no TLS with " + call.origin(), cause);
  }

  private static IOException unreachable(Call call, @Nullable Throwable cause) {
    IOException exception =
        cause instanceof ConnectTimeoutException
            ? new HttpConnectTimeoutException("no connection in time with " + call.origin())
            : new ConnectException("cannot reach " + call.origin());
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

  /** Has connections that carry one call and end: their way may not be another call's. */
  private final class OneCall implements ClientConnection.Owner {
    @Override
    public void connect(Call call) {
      NettyOutbound.this.connect(call);
    }

    @Override
    public boolean takeBack(ClientConnection connection) {
      return false;
    }

    @Override
    public void forget(ClientConnection connection) {}
  }

  private static final class Connecting extends ChannelInitializer<Channel> {
    private final NettyOutbound outbound;
    private final Origin origin;
    private final @Nullable ProxyHandler proxy;
    private final ClientConnection.Owner owner;

    Connecting(
        NettyOutbound outbound,
        Origin origin,
        @Nullable ProxyHandler proxy,
        ClientConnection.Owner owner) {
      this.outbound = outbound;
      this.origin = origin;
      this.proxy = proxy;
      this.owner = owner;
    }

    @Override
    protected void initChannel(Channel channel) {
      outbound.connections.add(channel);
      if (proxy != null) {
        channel.pipeline().addLast(proxy);
      }
      if (origin.tls()) {
        SslHandler tls =
            Objects.requireNonNull(outbound.tls)
                .newHandler(channel.alloc(), origin.host(), origin.port());
        tls.setHandshakeTimeoutMillis(outbound.connectMillis);
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
              new ClientConnection(channel, origin, owner, outbound.idle));
    }
  }
}
