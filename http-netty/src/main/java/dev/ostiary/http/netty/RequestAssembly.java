package dev.ostiary.http.netty;

import dev.ostiary.http.Body;
import dev.ostiary.http.Request;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Puts the requests of one connection together, one after the other: while one is being answered,
 * those behind it wait. A request that is refused is the last one.
 */
final class RequestAssembly extends ChannelInboundHandlerAdapter
    implements IncomingContent.Connection {
  private static final System.Logger LOG = System.getLogger(RequestAssembly.class.getName());

  /** How long a client has to take the last reply before the connection goes. */
  private static final Duration PARTING = Duration.ofSeconds(2);

  private enum State {
    /** For the head of a request. */
    WAITING,
    /** Content, for the service or to be thrown away. */
    READING,
    /** The service has the request; what the client sends in the meantime waits. */
    ANSWERING,
    PARTING
  }

  private final DuplexChannel channel;
  private final ServerContext served;
  private final ReplyWriter replies;
  private final StrictDecoder decoder;
  private final Deadline deadline;
  private final RequestIds ids;
  private final PipelinedMessages waiting = new PipelinedMessages();
  private State state = State.WAITING;
  private @Nullable IncomingContent current;

  /** A request without content, as long as the end of its head has not been read. */
  private @Nullable AssembledRequest ending;

  private boolean pumping;

  RequestAssembly(DuplexChannel channel, ServerContext served) {
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
        waiting.add(message, current != null && !current.isOver());
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
      } else if (message instanceof HttpContent content && current != null) {
        read(content, current);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(RequestHead head) {
    Request request =
        new Request(
            ids.next(),
            head.method(),
            head.target().path(),
            head.target().query(),
            head.headers(),
            Body.empty(),
            remote());
    IncomingContent content = new IncomingContent(head, request.id(), served.budget(), this);
    AssembledRequest arrived = new AssembledRequest(request, head.oldest(), content);
    current = content;
    if (head.length() == 0) {
      ending = arrived;
      state = State.READING;
    } else {
      serve(arrived);
    }
  }

  /** A Unix domain socket's clients are on this computer. */
  private InetAddress remote() {
    return channel.remoteAddress() instanceof InetSocketAddress inet
        ? inet.getAddress()
        : InetAddress.getLoopbackAddress();
  }

  private void serve(AssembledRequest arrived) {
    settled();
    replies.answer(arrived);
  }

  private void read(HttpContent piece, IncomingContent content) {
    AssembledRequest whole = ending;
    if (whole == null) {
      content.add(piece);
      if (state == State.READING && content.isOver()) {
        next();
      } else if (state == State.READING && content.isBroken()) {
        part();
      }
    } else if (piece.decoderResult().isFailure()) {
      refuse(Refusal.malformed("The content is not framed as HTTP says."));
    } else if (piece instanceof LastHttpContent) {
      ending = null;
      content.none();
      serve(whole);
    }
  }

  @Override
  public void wanted(RequestHead head) {
    if (state != State.ANSWERING) {
      return; // the client has gone
    }
    state = State.READING;
    deadline.in(served.patience().body());
    if (head.expectsContinue()) {
      var _ =
          channel.writeAndFlush(
              new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
    pump();
  }

  @Override
  public void settled() {
    state = State.ANSWERING;
    deadline.off();
  }

  @Override
  public void done(boolean closing) {
    if (state == State.PARTING) {
      return;
    }
    IncomingContent content = current;
    if (closing) {
      part();
    } else if (content != null && !content.isOver()) {
      content.drain();
      state = State.READING;
      deadline.in(served.patience().body());
      pump();
    } else {
      next();
    }
  }

  private void next() {
    current = null;
    state = State.WAITING;
    deadline.in(decoder.headBegun() ? served.patience().head() : served.patience().idle());
    pump();
  }

  /** Takes up what has come in the meantime, and then reads on. */
  private void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      Object message = waiting.poll();
      while (message != null) {
        take(message);
        message = isReading() ? waiting.poll() : null;
      }
    } finally {
      pumping = false;
    }
    if (isReading()) {
      if (waiting.overrun()) {
        part();
      } else {
        channel.config().setAutoRead(true);
      }
    }
  }

  private boolean isReading() {
    return state == State.WAITING || state == State.READING;
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
      case READING -> {
        if (current != null) {
          current.fail(Refusal.late("The content of the request"));
        }
        if (state == State.READING) {
          part(); // no reader waits for it
        }
      }
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
    ending = null;
    if (current != null && !current.isOver()) {
      current.drain(); // what has arrived as a whole is held until the reply
    }
    current = null;
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    replies.writable();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ServerContext.Event.STOPPING && state == State.WAITING && !decoder.headBegun()) {
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
