package dev.ostiary.gateway.bridge.legacy;

import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.backend.AdmittedListening;
import dev.ostiary.gateway.backend.CallHead;
import dev.ostiary.gateway.bridge.reply.ConversationSettings;
import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.ClientFacts;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.gateway.peer.PeerOpener;
import dev.ostiary.gateway.peer.PeerOpener.Opening;
import dev.ostiary.gateway.reply.BackendErrors;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.mcp.Revision;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One session of a client: its conversation with the backend, and what goes on in it. */
final class Session implements Conversation.Owner {
  /** How many requests may be under way. */
  static final int RUNNING = 256;

  private final String id;
  private final ConversationSettings settings;
  private final SessionTable table;
  private final Conversation conversation;
  private final Remembered remembered = new Remembered();
  private final Questions questions;
  private final ListeningStream listening = new ListeningStream(this::leave);
  private final Set<RunningRequest> running = ConcurrentHashMap.newKeySet();
  private final AtomicInteger uses = new AtomicInteger(1); // its beginning
  private final Instant begun;
  private volatile CallHead head;
  private volatile Instant lastUsed;
  private volatile String revision = "";
  private volatile boolean over;

  /**
   * @param id of our own, which no client sees
   */
  Session(
      String id,
      ConversationSettings settings,
      SessionTable table,
      PeerOpener opener,
      ClientFacts client,
      CallHead head) {
    this.id = id;
    this.settings = settings;
    this.table = table;
    this.conversation = new Conversation(opener, client, this);
    this.questions = new Questions(this, settings.answer(), settings.idle());
    this.head = head;
    this.begun = table.now();
    this.lastUsed = begun;
  }

  String id() {
    return id;
  }

  Caller owner() {
    return head.caller();
  }

  /** Whether this caller may use it: the same user with the same grant. */
  boolean isOf(Caller caller) {
    return caller.subject().equals(owner().subject())
        && Objects.equals(caller.ownGrant(), owner().ownGrant());
  }

  boolean isOver() {
    return over;
  }

  Instant lastUsed() {
    return lastUsed;
  }

  Instant now() {
    return table.now();
  }

  Questions questions() {
    return questions;
  }

  ListeningStream listening() {
    return listening;
  }

  /** Nothing in particular that the client has asked for. */
  Cause cause() {
    return Cause.of(head);
  }

  /** Opens the conversation for the first time. */
  void begin(Cause cause, Consumer<Opening> then) {
    conversation.begin(cause, then);
  }

  /**
   * Whether requests may name this revision: the one that was agreed on, and those that are known.
   */
  boolean serves(String version) {
    return version.equals(revision) || Revision.of(version).isPresent();
  }

  /** The first conversation is good, and the client knows of the session. */
  void begun(Peer peer) {
    revision = peer.welcome().path("protocolVersion").asString("");
    conversation.begun(peer);
    leave();
  }

  /** Takes up a request; refuses it if too many are under way. */
  void request(
      RpcMessage.Request message,
      AdmittedCall call,
      CallReply reply,
      Function<Runnable, Answering> answering) {
    enter(call.head());
    Cause cause = Cause.of(call, reply);
    RunningRequest request = new RunningRequest(this, message, cause, answering);
    running.add(request);
    if (running.size() > RUNNING) {
      request.fail(full());
    } else if (over) {
      request.fail(gone());
    } else {
      conversation.use(cause, request);
    }
  }

  /** It has ended: the response is the backend's, null if it has not answered. */
  void finished(RunningRequest request, RpcMessage.@Nullable Response response) {
    if (running.remove(request)) {
      questions.end(request);
      if (response instanceof RpcMessage.Result) {
        request.done();
      }
      leave();
    }
  }

  Remembered remembered() {
    return remembered;
  }

  /** Passes a notification of the client on. */
  void notify(String method, ObjectNode params, AdmittedCall call) {
    if (method.equals("notifications/cancelled")) {
      cancel(params.path("requestId"));
      return;
    }
    enter(call.head());
    Cause cause = new Cause(call.head(), call.judged(), null);
    remembered.notified(method, params, cause);
    conversation.use(
        cause,
        new Conversation.Use() {
          @Override
          public void with(Peer peer) {
            peer.notify(method, params, cause);
            leave();
          }

          @Override
          public void without(ChannelFailure failure) {
            leave();
          }
        });
  }

  private void cancel(JsonNode requestId) {
    running.stream().filter(request -> request.hasId(requestId)).forEach(RunningRequest::withdraw);
  }

  /** Opens the stream for what belongs to no request; false if there is one. */
  boolean listen(AdmittedListening get, CallReply reply) {
    enter(get.head());
    if (!listening.open(reply, settings.streams())) {
      leave();
      return false;
    }
    Cause cause = Cause.of(get.head());
    conversation.use(
        cause,
        new Conversation.Use() {
          @Override
          public void with(Peer peer) {
            peer.listen(cause);
          }

          @Override
          public void without(ChannelFailure failure) {}
        });
    return true;
  }

  /** Tells the client something about a request. */
  void sayAbout(RunningRequest request, RpcMessage.Notification notification) {
    byte[] json = notification.toJson();
    if (!request.send(json) && isLog(notification)) {
      boolean _ = listening.write(json);
    }
  }

  @Override
  public void notified(RpcMessage.Notification notification) {
    byte[] json = notification.toJson();
    if (listening.write(json)
        || (isLog(notification) && running.stream().anyMatch(request -> request.send(json)))) {
      return;
    }
    listening.deliver(json);
  }

  private static boolean isLog(RpcMessage.Notification notification) {
    return notification.method().equals("notifications/message");
  }

  @Override
  public void asked(Peer.Question question) {
    questions.ask(question, null);
  }

  /** What was under way is lost, and with it what the client thinks of the session. */
  @Override
  public void closed() {
    if (!running.isEmpty()) {
      ChannelFailure lost =
          new ChannelFailure.Ended(BackendErrors.brokenOff(settings.name()), false);
      running.forEach(request -> request.fail(lost));
      end();
    }
  }

  @Override
  public @Nullable ChannelFailure reopened(Peer peer, Cause cause) {
    if (!peer.welcome().path("protocolVersion").asString("").equals(revision)) {
      end();
      return gone();
    }
    remembered.repeat(peer, cause);
    if (listening.isOpen()) {
      peer.listen(Cause.of(cause.head()));
    }
    return null;
  }

  @Override
  public boolean mayOpen() {
    return table.admit(this);
  }

  @Override
  public void left() {
    table.left(this);
  }

  @Override
  public boolean isUnused() {
    return uses.get() == 0;
  }

  @Override
  public ChannelFailure full() {
    return new ChannelFailure.Unavailable(
        503, BackendErrors.busy(settings.name()), Duration.ofSeconds(1), null);
  }

  @Override
  public ChannelFailure gone() {
    return new ChannelFailure.Unavailable(404, RpcError.noSession(), null, null);
  }

  /** Ends the conversation if nothing goes on in it. Returns whether it has. */
  boolean sleep() {
    return conversation.sleep();
  }

  /** Ends it for good. */
  void end() {
    if (!table.remove(this)) {
      return;
    }
    over = true;
    running.forEach(request -> request.fail(gone()));
    questions.end(null);
    listening.close();
    conversation.close();
  }

  /** Checks the time-outs. */
  void tick(Instant now) {
    ChannelFailure late =
        new ChannelFailure.Unavailable(504, BackendErrors.late(settings.name()), null, null);
    for (RunningRequest request : running) {
      if (request.isLate(now, settings.answer())) {
        request.fail(late);
      }
    }
    listening.tick(now);
    questions.tick(now);
    if (isPast(begun, now, settings.sessionLifetime())) {
      end();
    } else if (isUnused() && isPast(lastUsed, now, settings.unused()) && sleep()) {
      left();
    }
  }

  private static boolean isPast(Instant since, Instant now, Duration limit) {
    return Duration.between(since, now).compareTo(limit) >= 0;
  }

  private void enter(CallHead by) {
    uses.incrementAndGet();
    head = by;
    lastUsed = now();
  }

  private void leave() {
    lastUsed = now();
    uses.decrementAndGet();
  }
}
