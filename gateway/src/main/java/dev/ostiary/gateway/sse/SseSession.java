package dev.ostiary.gateway.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.gateway.call.CheckedCaller;
import dev.ostiary.gateway.call.McpEndpoint;
import dev.ostiary.gateway.call.ServerRoute;
import dev.ostiary.gateway.stream.EventQueue;
import dev.ostiary.gateway.stream.StreamTimeouts;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.mcp.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One stream of a client, with what it sends beside, and the session of the backend behind it. */
final class SseSession implements Ticker.Tickable {
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(25);

  /** A stream is a session, and may be silent for as long as its access token is good. */
  private static final Duration IDLE = Duration.ofDays(366);

  /** Until the backend's stream is opened again after it has ended. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** What a client has not taken yet, in bytes. */
  private static final int HELD = 4 * 1024 * 1024;

  private static final Headers EVENTS = Headers.of("Content-Type", "text/event-stream");

  private final CheckedCaller opener;
  private final ServerRoute server;
  private final McpEndpoint endpoint;
  private final Ticker ticker;
  private final Runnable onClosed;
  private final EventQueue events;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Set<Runnable> onClose = ConcurrentHashMap.newKeySet();
  private volatile Request latest;
  private volatile @Nullable String inner;
  private volatile @Nullable Reply challenge;
  private @Nullable Instant listenAt;
  private boolean listening;

  SseSession(
      CheckedCaller opener,
      ServerRoute server,
      McpEndpoint endpoint,
      Ticker ticker,
      Runnable onClosed) {
    this.opener = opener;
    this.server = server;
    this.endpoint = endpoint;
    this.ticker = ticker;
    this.onClosed = onClosed;
    this.latest = opener.exchange().request();
    this.events = new EventQueue(HELD, this::close);
  }

  /** Answers with the stream, whose first event says where messages go. */
  void open(String messages) {
    ticker.add(this);
    boolean _ = events.pass(("event: endpoint\ndata: " + messages + "\n\n").getBytes(UTF_8));
    opener.stream(
        new Reply(200, EVENTS, new Body.Streamed(events)),
        new StreamTimeouts(KEEP_ALIVE, IDLE),
        this::close);
  }

  boolean isOf(Caller caller) {
    return isSame(caller) && Objects.equals(caller.ownGrant(), opener.caller().ownGrant());
  }

  boolean isOfSameUser(SseSession other) {
    return isSame(other.opener.caller());
  }

  private boolean isSame(Caller caller) {
    return caller.subject().equals(opener.caller().subject());
  }

  /** Takes up a message, as a call to the server's own path. */
  void post(CheckedCaller from) {
    Reply due = challenge;
    if (due != null) {
      challenge = null;
      from.exchange().reply(due);
      return;
    }
    latest = from.exchange().request();
    MessageExchange message = new MessageExchange(this, from);
    endpoint.serve(message, message::admitted);
  }

  /** A request to the server's own path in place of this one. */
  Request inward(Request from, String method, String accept) {
    String version = from.headers().first("MCP-Protocol-Version").orElse("");
    Headers fields =
        from.headers()
            .without("Mcp-Session-Id")
            .without("Last-Event-ID")
            .without("Content-Length")
            .replace("Accept", accept);
    if (isUnspoken(version)) {
      fields = fields.without("MCP-Protocol-Version");
    }
    String session = inner;
    if (session != null) {
      fields = fields.with("Mcp-Session-Id", session);
    }
    return new Request(from.id(), method, server.path(), "", fields, Body.empty(), from.remote());
  }

  /**
   * Whether it is one of the revisions before the oldest that a backend in this process speaks. It
   * is spoken to in that one, and its clients in theirs: what is newer in it is additions.
   */
  boolean isUnspoken(String version) {
    return server.backend().sessions().isEmpty()
        && Revision.of(version).isEmpty()
        && Revision.ruling(version).isPresent();
  }

  Ticker ticker() {
    return ticker;
  }

  /** The backend has begun a session. */
  void inSession(String id) {
    inner = id;
  }

  /** The backend does not know its session any more; so this one is of no use. */
  void lost() {
    if (inner != null) {
      inner = null;
      events.end();
    }
  }

  /** The next message is answered with this, because it could not be said in answer to this one. */
  void challenge(Reply reply) {
    challenge = reply;
  }

  /** Sends a message to the client. */
  void send(byte[] json) {
    boolean _ = events.write(json);
  }

  /** Begins to hear what belongs to no request, if the backend has sessions. */
  void listen() {
    synchronized (this) {
      if (inner == null || listening || closed.get()) {
        return;
      }
      listening = true;
      listenAt = null;
    }
    endpoint.serve(new ListeningExchange(this, inward(latest, "GET", "text/event-stream")));
  }

  /**
   * The backend's stream has ended.
   *
   * @param again whether it can be opened once more
   */
  synchronized void listened(boolean again) {
    listening = false;
    listenAt = again ? ticker.now().plus(PAUSE) : null;
  }

  @Override
  public void tick(Instant now) {
    boolean due;
    synchronized (this) {
      due = listenAt != null && !now.isBefore(listenAt);
    }
    if (due) {
      listen();
    }
  }

  /** Runs the action when the stream ends, unless it is forgotten before. */
  void onClose(Runnable action) {
    onClose.add(action);
    if (closed.get() && onClose.remove(action)) {
      action.run();
    }
  }

  void forget(Runnable action) {
    onClose.remove(action);
  }

  private void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    ticker.remove(this);
    onClosed.run();
    for (Runnable each : List.copyOf(onClose)) {
      if (onClose.remove(each)) {
        each.run();
      }
    }
    if (inner != null) {
      endpoint.serve(new EndExchange(inward(latest, "DELETE", "application/json")));
    }
  }
}
