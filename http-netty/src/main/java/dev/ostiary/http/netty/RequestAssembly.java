package dev.ostiary.http.netty;

import dev.ostiary.http.Request;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Puts the requests of one connection together, one after the other: while one is being answered,
 * those behind it wait. A request that is refused is the last one.
 */
final class RequestAssembly extends ChannelInboundHandlerAdapter {
  private static final System.Logger LOG = System.getLogger(RequestAssembly.class.getName());

  /** How long a client has to take the last reply before the connection goes. */
  private static final Duration PARTING = Duration.ofSeconds(2);

  private enum State {
    WAITING,
    READING,
    ANSWERING,
    PARTING
  }

  private final SocketChannel channel;
  private final Served served;
  private final ReplyWriter replies;
  private final StrictDecoder decoder;
  private final Deadline deadline;
  private final RequestIds ids;
  private final Waiting waiting = new Waiting();
  private State state = State.WAITING;
  private @Nullable RequestHead head;
  private @Nullable BodyBuffer body;

  RequestAssembly(SocketChannel channel, Served served) {
    this.channel = channel;
    this.served = served;
    this.replies = new ReplyWriter(channel, served);
    this.decoder = new StrictDecoder(served.limits(), this::headBegins);
    this.deadline = new Deadline(channel.eventLoop(), this::late);
    this.ids = served.requestIds();
    deadline.in(served.patience().head());
  }

  StrictDecoder decoder() {
    return decoder;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    switch (state) {
      case WAITING, READING -> take(message);
      case ANSWERING -> {
        waiting.add(message);
        channel.config().setAutoRead(false);
      }
      case PARTING -> ReferenceCountUtil.release(message);
    }
  }

  private void take(Object message) {
    try {
      if (message instanceof HttpRequest request) {
        switch (RequestHead.of(request, served.limits())) {
          case Refusal refusal -> refuse(refusal);
          case RequestHead read -> begin(read);
        }
      } else if (message instanceof HttpContent content) {
        read(content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(RequestHead read) {
    if (served.stopping()) {
      refuse(Refusal.stopping());
      return;
    }
    int limit = served.service().bodyLimit(read.method(), read.target().path());
    if (read.length() > limit) {
      refuse(Refusal.tooLarge(limit));
      return;
    }
    head = read;
    body = new BodyBuffer(served.budget(), limit, read.length());
    state = State.READING;
    if (read.length() != 0) {
      deadline.in(served.patience().body());
      if (read.expectsContinue()) {
        var _ =
            channel.writeAndFlush(
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
      }
    }
  }

  private void read(HttpContent content) {
    RequestHead ofHead = head;
    BodyBuffer into = body;
    if (ofHead == null || into == null) {
      return;
    }
    if (content.decoderResult().isFailure()) {
      refuse(Refusal.malformed("The content is not framed as HTTP says."));
      return;
    }
    switch (into.add(content.content())) {
      case TOO_LARGE -> refuse(Refusal.tooLarge(into.limit()));
      case NO_ROOM -> refuse(Refusal.busy());
      case TAKEN -> {
        if (content instanceof LastHttpContent) {
          answer(ofHead, into);
        }
      }
    }
  }

  private void answer(RequestHead complete, BodyBuffer content) {
    head = null;
    body = null;
    state = State.ANSWERING;
    deadline.off();
    Request request =
        new Request(
            ids.next(),
            complete.method(),
            complete.target().path(),
            complete.target().query(),
            complete.headers(),
            content.whole(),
            channel.remoteAddress().getAddress());
    replies.answer(
        new Arrived(
            request,
            complete.keepAlive(),
            complete.oldest(),
            closing -> {
              content.release();
              answered(closing);
            }));
  }

  private void answered(boolean closing) {
    if (state != State.ANSWERING) {
      return;
    }
    if (closing) {
      part();
      return;
    }
    state = State.WAITING;
    deadline.in(decoder.headBegun() ? served.patience().head() : served.patience().idle());
    while (state == State.WAITING || state == State.READING) {
      Object next = waiting.poll();
      if (next == null) {
        goOnReading();
        return;
      }
      take(next);
    }
  }

  private void goOnReading() {
    if (waiting.overrun()) {
      part();
    } else {
      channel.config().setAutoRead(true);
    }
  }

  private void headBegins() {
    if (state == State.WAITING) {
      deadline.in(served.patience().head());
    }
  }

  private void late() {
    switch (state) {
      case WAITING -> {
        if (decoder.headBegun()) {
          refuse(Refusal.late("The head of the request"));
        } else {
          var _ = channel.close();
        }
      }
      case READING -> refuse(Refusal.late("The content of the request"));
      case ANSWERING -> {}
      case PARTING -> {
        var _ = channel.close();
      }
    }
  }

  private void refuse(Refusal refusal) {
    settle();
    replies.refuse(refusal.reply(ids.next()), this::part);
  }

  /**
   * Says that nothing more will come, and throws away what the client is still sending until it has
   * read that: a connection that is closed on unread input takes the reply with it.
   */
  private void part() {
    settle();
    if (channel.isActive()) {
      var _ = channel.shutdownOutput();
    }
  }

  private void settle() {
    state = State.PARTING;
    forget();
    deadline.in(PARTING);
    channel.config().setAutoRead(true);
  }

  private void forget() {
    waiting.clear();
    head = null;
    if (body != null) {
      body.release();
      body = null;
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    replies.writable();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Served.Event.STOPPING && state == State.WAITING && !decoder.headBegun()) {
      var _ = channel.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    state = State.PARTING;
    forget();
    deadline.stop();
    replies.gone();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
    Level level = failure instanceof IOException ? Level.DEBUG : Level.WARNING;
    LOG.log(level, "A connection from " + channel.remoteAddress() + " broke off", failure);
    var _ = channel.close();
  }
}
