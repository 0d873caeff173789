package dev.ostiary.gateway.remote;

import dev.ostiary.gateway.backend.AdmittedListening;
import dev.ostiary.gateway.backend.HttpBackend;
import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.Channel;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.Outgoing;
import dev.ostiary.gateway.reply.BackendErrors;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.http.Headers;
import dev.ostiary.mcp.Event;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcMessage;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A conversation over HTTP with SSE (2024-11-05, Transports): the server says everything in one
 * stream of events, whose first one names the address that messages are posted to.
 */
final class SseChannel implements Channel, Ticker.Tickable {
  private final HttpBackend backend;
  private final Ticker ticker;
  private final Listener listener;
  private final Instant since;
  private final SendQueue queue = new SendQueue(this::post, true);
  private final Set<Long> underWay = ConcurrentHashMap.newKeySet();
  private final Stream stream;
  private volatile @Nullable URI endpoint;
  private volatile boolean closed;

  SseChannel(HttpBackend backend, Ticker ticker, Listener listener) {
    this.backend = backend;
    this.ticker = ticker;
    this.listener = listener;
    this.since = ticker.now();
    this.stream = new Stream();
  }

  void open(Cause cause) {
    ticker.add(this);
    var head = Posting.head(cause, "GET", Headers.none(), Agreement.NONE);
    backend.take(new AdmittedListening(head, /* lastEvent= */ null), stream);
  }

  @Override
  public void send(Outgoing message) {
    if (!queue.add(message)) {
      shut(unavailable(503, BackendErrors.busy(server())));
    }
  }

  private void post(Outgoing message) {
    URI to = endpoint;
    if (to == null || closed) {
      return;
    }
    long id = Posting.id(message);
    if (id != NONE) {
      underWay.add(id);
    }
    boolean first = Posting.is(message, "notifications/initialized");
    if (first) {
      queue.hold(); // what comes after it may be refused before
    }
    backend.post(
        Posting.call(message, Agreement.NONE),
        to,
        new Posted(message, id, first ? queue::release : () -> {}));
  }

  @Override
  public void abandon(long request) {
    underWay.remove(request);
  }

  @Override
  public void close() {
    end();
  }

  private boolean end() {
    synchronized (this) {
      if (closed) {
        return false;
      }
      closed = true;
    }
    ticker.remove(this);
    queue.close();
    underWay.clear();
    stream.cancel();
    return true;
  }

  private void shut(ChannelFailure failure) {
    if (end()) {
      listener.closed(failure);
    }
  }

  /** The address has to be told as soon as the stream is there. */
  @Override
  public void tick(Instant now) {
    if (endpoint != null) {
      ticker.remove(this);
    } else if (since.plus(backend.settings().answer()).isBefore(now)) {
      shut(unavailable(504, BackendErrors.late(server())));
    }
  }

  private static ChannelFailure unavailable(int status, RpcError error) {
    return new ChannelFailure.Unavailable(status, error, null, null);
  }

  private void received(RpcMessage message) {
    if (closed) {
      return;
    }
    if (message instanceof RpcMessage.Response response
        && !underWay.remove(Channel.ownId(response))) {
      return; // not wanted any more
    }
    listener.received(message, NONE);
  }

  private String server() {
    return backend.settings().name();
  }

  /** What the server says. */
  private final class Stream extends OwnReply {
    Stream() {
      super(ticker, backend.settings().name(), null);
    }

    @Override
    public void event(Event event) {
      if (event.type().equals("message")) {
        RpcMessage.readAll(event.data()).forEach(SseChannel.this::received);
      } else if (event.type().equals("endpoint") && endpoint == null) {
        Optional<URI> named = Endpoints.read(event.data(), backend.settings().uri());
        endpoint = named.orElse(null);
        if (named.isPresent()) {
          queue.release();
        } else {
          shut(unavailable(502, BackendErrors.redirecting(server())));
        }
      }
    }

    @Override
    public void over(@Nullable Throwable broken) {
      RpcError error = BackendErrors.brokenOff(server());
      shut(
          endpoint == null
              ? unavailable(502, error)
              : new ChannelFailure.Ended(error, /* untouched= */ false));
    }

    @Override
    void content(int status, byte[] content) {
      shut(unavailable(502, BackendErrors.status(server(), status)));
    }

    @Override
    void taken() {
      shut(unavailable(502, BackendErrors.unreadable(server())));
    }

    @Override
    void failed(ChannelFailure failure) {
      shut(failure);
    }
  }

  /** What comes of one POST, whose answer is in the stream. */
  private final class Posted extends OwnReply {
    private final Outgoing message;
    private final long id;
    private final Runnable sent;

    Posted(Outgoing message, long id, Runnable sent) {
      super(ticker, backend.settings().name(), message.cause().reply());
      this.message = message;
      this.id = id;
      this.sent = sent;
    }

    @Override
    void content(int status, byte[] content) {
      if (status == 404 || status == 410) {
        failed(new ChannelFailure.Ended(RpcError.noSession(), /* untouched= */ true));
        shut(new ChannelFailure.Ended(RpcError.noSession(), /* untouched= */ false));
      } else if (status >= 400 && underWay.remove(id) && !closed) {
        listener.received(refusal(status, content), NONE);
      }
      sent.run();
    }

    private RpcMessage.Response refusal(int status, byte[] content) {
      RpcMessage.Response response =
          RpcMessage.read(content).orElse(null) instanceof RpcMessage.Failure failure
              ? failure
              : RpcMessage.Failure.of(null, BackendErrors.status(server(), status));
      return response.to(JsonNodeFactory.instance.numberNode(id));
    }

    @Override
    void taken() {
      sent.run();
    }

    @Override
    void failed(ChannelFailure failure) {
      if (underWay.remove(id) && !closed) {
        listener.failed(id, failure);
      }
      sent.run();
    }

    @Override
    public void event(Event event) {}

    @Override
    public void over(@Nullable Throwable broken) {
      sent.run();
    }

    @Override
    public CompletionStage<Boolean> isRepeatable() {
      return Posting.isHarmless(message)
          ? CompletableFuture.completedStage(true)
          : super.isRepeatable();
    }
  }
}
