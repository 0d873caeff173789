package dev.ostiary.http.netty;

import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Has the requests of one connection served, and writes their replies. */
final class ReplyWriter {
  private static final System.Logger LOG = System.getLogger(ReplyWriter.class.getName());

  private final Channel channel;
  private final ServerContext served;
  private final StallWatch stall;
  private @Nullable NettyExchange current;
  private @Nullable PieceWriter pieces;

  ReplyWriter(Channel channel, ServerContext served) {
    this.channel = channel;
    this.served = served;
    this.stall = new StallWatch(channel, served.patience().write());
  }

  void answer(AssembledRequest arrived) {
    NettyExchange exchange = new NettyExchange(arrived, channel.eventLoop(), this::write);
    current = exchange;
    exchange.run(() -> served.service().serve(exchange));
  }

  /** Writes a reply to what was no request, and then runs the action. */
  void refuse(Reply reply, Runnable then) {
    ByteBuf content = Unpooled.wrappedBuffer(((Body.Whole) reply.body()).bytes());
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), content);
    HttpHeaders headers = response.headers();
    for (Headers.Field field : reply.headers().fields()) {
      headers.add(field.name(), field.value());
    }
    headers.set(HttpHeaderNames.DATE, served.date().now());
    headers.set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
    headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    channel.writeAndFlush(response).addListener(_ -> then.run());
  }

  private void write(NettyExchange exchange, Reply reply) {
    if (exchange != current) {
      NettyExchange.discard(reply);
      return;
    }
    if (reply.status() < 200 || reply.status() > 599) {
      LOG.log(Level.ERROR, "Request " + exchange.request() + " was answered " + reply.status());
      NettyExchange.discard(reply);
      write(exchange, Reply.of(500));
      return;
    }
    AssembledRequest to = exchange.arrived();
    boolean closing = !to.incoming().isReusable() || served.stopping();
    ReplyHead head = ReplyHead.of(reply, to, closing, served.date().now());
    switch (reply.body()) {
      case Body.Streamed streamed when ReplyHead.hasContent(reply, to) ->
          stream(exchange, reply.status(), head, streamed);
      case Body.Streamed streamed -> {
        streamed.discard();
        whole(exchange, reply.status(), head, Body.empty());
      }
      case Body.Whole whole ->
          whole(
              exchange,
              reply.status(),
              head,
              ReplyHead.hasContent(reply, to) ? whole : Body.empty());
    }
  }

  private void whole(NettyExchange exchange, int status, ReplyHead head, Body.Whole body) {
    ByteBuf content =
        body.length() == 0 ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body.bytes());
    finish(
        exchange,
        head,
        channel.writeAndFlush(
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status),
                content,
                head.headers(),
                EmptyHttpHeaders.INSTANCE)));
  }

  private void stream(NettyExchange exchange, int status, ReplyHead head, Body.Streamed body) {
    channel
        .writeAndFlush(
            new DefaultHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), head.headers()))
        .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    PieceWriter writer =
        new PieceWriter(channel, stall, head.length(), last -> finish(exchange, head, last));
    pieces = writer;
    body.source().subscribe(writer);
  }

  private void finish(NettyExchange exchange, ReplyHead head, ChannelFuture last) {
    if (!last.isDone()) {
      stall.watch();
    }
    last.addListener(written -> left(exchange, head, written));
  }

  private void left(NettyExchange exchange, ReplyHead head, Future<?> written) {
    stall.rest();
    if (!written.isSuccess()) {
      var _ = channel.close();
    } else if (exchange == current) {
      current = null;
      pieces = null;
      exchange.answered();
      exchange.arrived().incoming().done(head.closing());
    }
  }

  /** The client takes more. */
  void writable() {
    if (pieces != null && channel.isWritable()) {
      stall.rest();
      pieces.pull();
    }
  }

  /** The client has gone. */
  void gone() {
    stall.stop();
    if (pieces != null) {
      pieces.gone();
      pieces = null;
    }
    NettyExchange unanswered = current;
    current = null;
    if (unanswered != null) {
      unanswered.aborted();
      unanswered.arrived().incoming().done(true);
    }
  }
}
