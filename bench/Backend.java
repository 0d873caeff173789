import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The MCP server behind every proxy that is measured: as little work as a server can have. A call
 * of {@code echo} has one fixed answer; a call of {@code tick} is a stream with an event every few
 * milliseconds that says when it was sent; {@code subscriptions/listen} is a stream that stays
 * silent after its first event.
 *
 * <p>{@code java -cp 'server/target/lib/*' bench/Backend.java PORT}
 */
final class Backend extends SimpleChannelInboundHandler<HttpObject> {
  private static final HttpVersion HTTP = HttpVersion.HTTP_1_1;
  private static final long TICK_MILLISECONDS = 20;
  private static final ByteBuf ANSWER =
      constant(
          """
          {"jsonrpc":"2.0","id":1,"result":{"resultType":"complete",\
          "content":[{"type":"text","text":"The answer is always the same."}]}}\
          """);
  private static final ByteBuf LISTENING =
      constant(
          """
          event: message
          data: {"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged",\
          "params":{"notifications":{"toolsListChanged":true},\
          "_meta":{"io.modelcontextprotocol/subscriptionId":1}}}

          """);

  private String stream = "";
  private boolean keepAlive;
  private ScheduledFuture<?> ticking;

  public static void main(String[] arguments) throws InterruptedException {
    var loops =
        new MultiThreadIoEventLoopGroup(
            Runtime.getRuntime().availableProcessors(), EpollIoHandler.newFactory());
    new ServerBootstrap()
        .group(loops)
        .channel(EpollServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, 16_384)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel.config().setTcpNoDelay(true);
                channel.pipeline().addLast(new HttpServerCodec(), new Backend());
              }
            })
        .bind("127.0.0.1", Integer.parseInt(arguments[0]))
        .sync();
    System.out.println("ready");
  }

  private static ByteBuf constant(String text) {
    return Unpooled.unreleasableBuffer(
        Unpooled.directBuffer().writeBytes(text.getBytes(StandardCharsets.UTF_8)).asReadOnly());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (part instanceof HttpRequest request) {
      keepAlive = HttpUtil.isKeepAlive(request);
      String name = request.headers().get("Mcp-Name", "");
      boolean listens = "subscriptions/listen".equals(request.headers().get("Mcp-Method"));
      stream = listens ? "listen" : name.equals("tick") ? name : "";
    }
    if (part instanceof LastHttpContent) {
      switch (stream) {
        case "listen" -> begin(context, LISTENING.duplicate());
        case "tick" -> tick(context);
        default -> answer(context);
      }
    }
  }

  private void answer(ChannelHandlerContext context) {
    var reply = new DefaultFullHttpResponse(HTTP, HttpResponseStatus.OK, ANSWER.duplicate());
    reply.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    reply.headers().set(HttpHeaderNames.CONTENT_LENGTH, ANSWER.readableBytes());
    context.write(reply);
    if (!keepAlive) {
      context.flush();
      context.close();
    }
  }

  private void tick(ChannelHandlerContext context) {
    begin(context, event());
    ticking =
        context
            .executor()
            .scheduleAtFixedRate(
                () -> context.writeAndFlush(content(event())),
                TICK_MILLISECONDS,
                TICK_MILLISECONDS,
                TimeUnit.MILLISECONDS);
  }

  private static ByteBuf event() {
    String text =
        """
        event: message
        data: {"jsonrpc":"2.0","method":"notifications/progress",\
        "params":{"progressToken":1,"progress":%d}}

        """
            .formatted(System.nanoTime());
    return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
  }

  private static void begin(ChannelHandlerContext context, ByteBuf first) {
    HttpResponse reply = new DefaultHttpResponse(HTTP, HttpResponseStatus.OK);
    reply.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream");
    reply.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-cache");
    HttpUtil.setTransferEncodingChunked(reply, true);
    context.write(reply);
    context.writeAndFlush(content(first));
  }

  private static HttpContent content(ByteBuf bytes) {
    return new DefaultHttpContent(bytes);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (ticking != null) {
      ticking.cancel(false);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
