package dev.ostiary.gateway.remote;

import dev.ostiary.gateway.backend.AdmittedListening;
import dev.ostiary.gateway.backend.HttpBackend;
import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.Channel;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.Outgoing;
import dev.ostiary.gateway.reply.BackendErrors;
import dev.ostiary.gateway.session.BackendSession;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.http.Headers;
import dev.ostiary.mcp.HeaderText;
import dev.ostiary.mcp.Revision;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with a server over Streamable HTTP: a POST for each message, and a GET for what
 * the server says unasked (legacy era).
 */
final class HttpChannel implements Channel {
  private static final int LONGEST_VERSION = 32;

  private static final ChannelFailure OVER =
      new ChannelFailure.Ended(RpcError.noSession(), /* untouched= */ true);

  private final HttpBackend backend;
  private final Ticker ticker;
  private final Cause opened;
  private final Listener listener;
  private final SendQueue queue = new SendQueue(this::post, false);
  private final Map<Long, PostReply> underWay = new ConcurrentHashMap<>();
  private final Map<GetStream, Boolean> streams = new ConcurrentHashMap<>();
  private volatile Agreement agreed = Agreement.NONE;
  private volatile boolean closed;
  private volatile boolean lost;
  private boolean listens;

  HttpChannel(HttpBackend backend, Ticker ticker, Cause opened, Listener listener) {
    this.backend = backend;
    this.ticker = ticker;
    this.opened = opened;
    this.listener = listener;
  }

  @Override
  public void send(Outgoing message) {
    if (!queue.add(message)) {
      shut(new ChannelFailure.Unavailable(503, BackendErrors.busy(server()), null, null));
    }
  }

  private void post(Outgoing message) {
    long id = Posting.id(message);
    if (lost) {
      if (id != NONE) {
        listener.failed(id, OVER);
      }
      return;
    }
    boolean first = Posting.is(message, "notifications/initialized");
    if (first) {
      queue.hold(); // what comes after it may be refused before
    }
    PostReply reply = new PostReply(this, message, id, first ? queue::release : () -> {});
    if (id != NONE) {
      underWay.put(id, reply);
    }
    backend.take(Posting.call(message, agreed), reply);
    if (closed) {
      reply.cancel();
    }
  }

  @Override
  public void abandon(long request) {
    PostReply reply = underWay.remove(request);
    if (reply == null) {
      return;
    }
    if (reply.isModern()) {
      reply.cancel();
    } else {
      reply.silence();
    }
    settled();
  }

  @Override
  public boolean cancelsByClosing() {
    return true;
  }

  @Override
  public void listen(Cause cause) {
    synchronized (this) {
      if (listens) {
        return;
      }
      listens = true;
    }
    follow(new GetStream(this, cause.unawaited(), new Unasked()));
  }

  /** Opens a stream, and keeps it until it is over. */
  void follow(GetStream stream) {
    streams.put(stream, true);
    stream.open();
    if (closed) {
      stream.close();
    }
  }

  void forget(GetStream stream) {
    streams.remove(stream);
  }

  @Override
  public void close() {
    BackendSession session = agreed.session();
    if (end() && session != null && !lost) {
      AdmittedListening delete =
          new AdmittedListening(
              Posting.head(opened, "DELETE", Headers.none(), agreed), /* lastEvent= */ null);
      backend.take(delete, new IgnoredReply(ticker, server()));
    }
  }

  /** Whether it was open. */
  private boolean end() {
    synchronized (this) {
      if (closed) {
        return false;
      }
      closed = true;
    }
    queue.close();
    List.copyOf(underWay.values()).forEach(OwnReply::cancel);
    underWay.clear();
    List.copyOf(streams.keySet()).forEach(GetStream::close);
    return true;
  }

  void shut(ChannelFailure failure) {
    if (end()) {
      listener.closed(failure);
    }
  }

  /** {@code initialize} was answered so. */
  void agree(RpcMessage.Result welcome, @Nullable String session) {
    String version = welcome.result().path("protocolVersion").asString("");
    Revision revision = Revision.ruling(version).orElse(Revision.LATEST_LEGACY);
    boolean sendable =
        !version.isBlank()
            && version.length() <= LONGEST_VERSION
            && HeaderText.encode(version).equals(version);
    agreed =
        new Agreement(
            sendable ? version : null,
            revision,
            session == null ? null : backend.open(session, opened.caller()).orElse(null));
  }

  void received(RpcMessage message, long about) {
    if (!closed) {
      listener.received(message, about);
    }
  }

  /** The answer to a request is there. */
  void answered(long id, RpcMessage.Response response) {
    if (underWay.remove(id) != null && !closed) {
      listener.received(response, id);
      settled();
    }
  }

  void failed(long id, ChannelFailure failure) {
    if (underWay.remove(id) != null && !closed) {
      listener.failed(id, failure);
      settled();
    }
  }

  /**
   * The session is over.
   *
   * @param id of the request that was told so; {@link #NONE} for any other message
   */
  void lose(long id) {
    lost = true;
    if (underWay.keySet().stream().allMatch(other -> other == id)) {
      shut(OVER);
    } else {
      failed(id, OVER);
    }
  }

  private void settled() {
    if (lost && underWay.isEmpty()) {
      shut(OVER);
    }
  }

  /** What the server says unasked. */
  private final class Unasked implements GetStream.Handler {
    @Override
    public void received(RpcMessage message) {
      HttpChannel.this.received(message, NONE);
    }

    @Override
    public boolean isFinished() {
      return closed;
    }

    @Override
    public void gone() {}
  }

  HttpBackend backend() {
    return backend;
  }

  Ticker ticker() {
    return ticker;
  }

  Agreement agreed() {
    return agreed;
  }

  boolean isClosed() {
    return closed;
  }

  String server() {
    return backend.settings().name();
  }
}
