import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;

/**
 * The least that an HTTP proxy on Netty can do, and so the bound for Ostiary: it parses and writes
 * both sides, keeps one connection to the backend for each of its own, and looks at nothing.
 *
 * <p>{@code java -cp 'server/target/lib/*' bench/BareProxy.java PORT BACKEND_PORT}
 */
final class BareProxy {
  private BareProxy() {}

  public static void main(String[] arguments) throws InterruptedException {
    var backend = new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[1]));
    var loops =
        new MultiThreadIoEventLoopGroup(
            Runtime.getRuntime().availableProcessors(), EpollIoHandler.newFactory());
    new ServerBootstrap()
        .group(loops)
        .channel(EpollServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, 16_384)
        .childOption(ChannelOption.AUTO_READ, false)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel client) {
                connect(client, backend);
              }
            })
        .bind("127.0.0.1", Integer.parseInt(arguments[0]))
        .sync();
    System.out.println("ready");
  }

  private static void connect(SocketChannel client, InetSocketAddress backend) {
    ChannelFuture connecting =
        new Bootstrap()
            .group(client.eventLoop())
            .channel(EpollSocketChannel.class)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(new HttpClientCodec(), new Forward(client));
                  }
                })
            .connect(backend);
    Channel other = connecting.channel();
    client.pipeline().addLast(new HttpServerCodec(), new Forward(other));
    connecting.addListener(
        result -> {
          if (result.isSuccess()) {
            client.read();
            other.read();
          } else {
            client.close();
          }
        });
  }

  /** Gives what one side sends to the other, and reads on when the other can take more. */
  private static final class Forward extends ChannelInboundHandlerAdapter {
    private final Channel other;

    Forward(Channel other) {
      this.other = other;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
      if (other.isActive()) {
        other.write(part);
      } else {
        ReferenceCountUtil.release(part);
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      other.flush();
      if (other.isWritable()) {
        context.read();
      }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      if (context.channel().isWritable()) {
        other.read();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      other.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
