package dev.ostiary.http.netty.outbound;

import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.StaleConnection;
import dev.ostiary.http.netty.Deadline;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A connection to another server, which carries one call at a time. */
final class ClientConnection extends ChannelInboundHandlerAdapter implements BodyStream.Source {
  /** How much earlier it ends than a server has said. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private static final Pattern TIMEOUT = Pattern.compile("\\btimeout=([0-9]{1,6})\\b");

  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "keep-alive", "transfer-encoding", "trailer", "upgrade");

  /** What to do with calls and connections that are left over. */
  interface Owner {
    /** Sends a call again, or for the first time, on a connection of its own. */
    void connect(Call call);

    /** Takes back a connection that can carry another call; false if it is not wanted. */
    boolean takeBack(ClientConnection connection);

    void forget(ClientConnection connection);
  }

  private final Channel channel;
  private final Origin origin;
  private final Owner owner;
  private final Deadline idle;
  private @Nullable Call call;
  private @Nullable BodyStream body;
  private @Nullable IOException cause;
  private boolean reused;
  private boolean silent;
  private boolean interim;
  private boolean written;
  private boolean keepAlive;
  private final Duration longestRest;
  private Duration rest;

  /**
   * @param longestRest how long it waits for its next call
   */
  ClientConnection(Channel channel, Origin origin, Owner owner, Duration longestRest) {
    this.longestRest = longestRest;
    this.rest = longestRest;
    this.channel = channel;
    this.origin = origin;
    this.owner = owner;
    this.idle = new Deadline(channel.eventLoop(), this::abandon);
  }

  Origin origin() {
    return origin;
  }

  boolean isHere() {
    return channel.eventLoop().inEventLoop();
  }

  void send(Call next, boolean again) {
    if (isHere()) {
      begin(next, again);
    } else {
      channel.eventLoop().execute(() -> begin(next, again));
    }
  }

  private void begin(Call next, boolean again) {
    idle.off();
    if (!channel.isActive()) {
      owner.connect(next);
      return;
    }
    call = next;
    reused = again;
    silent = true;
    written = false;
    cause = null;
    next.travelOn(channel);
    channel
        .writeAndFlush(RequestMessage.of(next))
        .addListener(
            sent -> {
              written = sent.isSuccess();
              if (!written) {
                abandon();
              }
            });
    channel.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      silent = false;
      if (message instanceof HttpResponse response) {
        readHead(response);
      }
      if (message instanceof HttpContent content) {
        readContent(content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void readHead(HttpResponse response) {
    Call asked = call;
    if (asked == null || body != null || response.decoderResult().isFailure()) {
      breakOff("the answer is not HTTP");
      return;
    }
    int status = response.status().code();
    interim = status < 200;
    if (interim && status != 101) {
      return;
    }
    List<String> codings = response.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    boolean known = codings.isEmpty() || codings.equals(List.of("chunked"));
    if (interim || !known || status > 599) {
      breakOff("the answer is in a form that was not asked for");
      return;
    }
    rest = restAllowed(response);
    keepAlive = HttpUtil.isKeepAlive(response) && rest.isPositive();
    BodyStream stream = new BodyStream(this::onLoop, this);
    body = stream;
    Reply reply;
    try {
      reply = new Reply(status, copy(response), new Body.Streamed(stream));
    } catch (IllegalArgumentException strange) {
      breakOff("the answer has a header that is not HTTP");
      return;
    }
    if (!asked.answer().complete(reply)) {
      abandon();
    }
  }

  /**
   * How long the connection may wait: a server that says when it will end it would otherwise do so
   * while a call is on its way (RFC 2068 §19.7.1.1).
   */
  private Duration restAllowed(HttpResponse response) {
    Matcher told = TIMEOUT.matcher(response.headers().get("Keep-Alive", ""));
    if (!told.find()) {
      return longestRest;
    }
    Duration theirs = Duration.ofSeconds(Long.parseLong(told.group(1))).minus(MARGIN);
    return theirs.compareTo(longestRest) < 0 ? theirs : longestRest;
  }

  private static Headers copy(HttpResponse response) {
    List<Headers.Field> fields = new ArrayList<>(response.headers().size());
    for (Map.Entry<String, String> field : response.headers()) {
      if (!OF_THE_CONNECTION.contains(field.getKey().toLowerCase(Locale.ROOT))) {
        fields.add(new Headers.Field(field.getKey(), field.getValue()));
      }
    }
    return Headers.of(fields);
  }

  private void readContent(HttpContent content) {
    if (interim) {
      interim = !(content instanceof LastHttpContent);
      return;
    }
    BodyStream stream = body;
    if (stream == null) {
      return;
    }
    if (content.decoderResult().isFailure()) {
      breakOff("the content of the answer is not framed as HTTP says");
      return;
    }
    if (content.content().isReadable()) {
      stream.push(ByteBuffer.wrap(ByteBufUtil.getBytes(content.content())));
    }
    if (content instanceof LastHttpContent) {
      call = null;
      body = null;
      rest();
      stream.end();
    }
  }

  /** Waits for the next call, or ends. */
  private void rest() {
    idle.in(rest);
    if (!keepAlive || !written || !channel.isActive() || !owner.takeBack(this)) {
      abandon();
    } else {
      channel.read();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    BodyStream stream = body;
    if (stream == null) {
      channel.read();
    } else if (stream.hungry()) {
      channel.read();
    } else if (stream.unread() && call != null) {
      long patience = call.request().timeout().toMillis();
      var _ =
          channel
              .eventLoop()
              .schedule(() -> abandonUnread(stream), patience, TimeUnit.MILLISECONDS);
      call = null;
    }
  }

  /** A caller that never reads the content would keep the connection for good. */
  private void abandonUnread(BodyStream stream) {
    if (stream == body && stream.unread()) {
      abandon();
    }
  }

  private void onLoop(Runnable signal) {
    if (isHere()) {
      signal.run();
    } else {
      channel.eventLoop().execute(signal);
    }
  }

  @Override
  public void readOn() {
    channel.read();
  }

  @Override
  public void abandon() {
    var _ = channel.close();
  }

  private void breakOff(String why) {
    cause = new IOException(why);
    abandon();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    owner.forget(this);
    idle.stop();
    Call unanswered = call;
    BodyStream unfinished = body;
    call = null;
    body = null;
    if (unfinished != null) {
      unfinished.breakOff(reason("the connection ended in the middle of the answer"));
    } else if (unanswered != null && wentStale() && unanswered.repeatable()) {
      owner.connect(unanswered);
    } else if (unanswered != null && wentStale()) {
      unanswered.fail(new StaleConnection());
    } else if (unanswered != null) {
      unanswered.fail(reason("the server ended the connection without an answer"));
    }
  }

  /** Whether the server had most likely ended the connection before it saw the call. */
  private boolean wentStale() {
    return reused && silent && cause == null;
  }

  private IOException reason(String otherwise) {
    return cause == null ? new IOException(otherwise) : cause;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
    Throwable real =
        failure instanceof DecoderException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    boolean reset = real instanceof IOException && silent;
    if (!reset) {
      cause =
          real instanceof IOException known ? known : new IOException("the call broke off", real);
    }
    abandon();
  }
}
