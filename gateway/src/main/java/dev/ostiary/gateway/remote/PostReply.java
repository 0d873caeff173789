package dev.ostiary.gateway.remote;

import dev.ostiary.gateway.peer.Channel;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.Outgoing;
import dev.ostiary.gateway.reply.BackendErrors;
import dev.ostiary.http.Headers;
import dev.ostiary.mcp.Event;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** What comes of one POST. */
final class PostReply extends OwnReply implements GetStream.Handler {
  /** What a server may need to end a stream that has its answer in it. */
  private static final Duration REST = Duration.ofSeconds(5);

  private final HttpChannel channel;
  private final Outgoing message;
  private final long id;
  private final Runnable sent;
  private @Nullable String session;
  private @Nullable String lastEvent;
  private long retry = -1;
  private volatile boolean finished;

  /**
   * @param id of the request; {@link Channel#NONE} for any other message
   * @param sent runs when the server has taken the message, or will not; maybe more than once
   */
  PostReply(HttpChannel channel, Outgoing message, long id, Runnable sent) {
    super(channel.ticker(), channel.server(), message.cause().reply());
    this.channel = channel;
    this.message = message;
    this.id = id;
    this.sent = sent;
  }

  boolean isModern() {
    return Posting.isModern(message);
  }

  /** The rest is read, and not told. */
  void silence() {
    finished = true;
    leave(REST);
  }

  @Override
  void head(Headers headers) {
    session = headers.first("Mcp-Session-Id").orElse(null);
  }

  @Override
  void content(int status, byte[] content) {
    List<RpcMessage> messages = RpcMessage.readAll(content);
    if (status == 404 && channel.agreed().session() != null && !isUnknownMethod(messages)) {
      finished = true;
      channel.lose(id);
    } else if (id != Channel.NONE) {
      messages.forEach(this::received);
      unanswered(status);
    }
    sent.run();
  }

  /** Servers that keep to their session say so of a method; all other 404 are about the session. */
  private boolean isUnknownMethod(List<RpcMessage> messages) {
    int unknown = RpcError.methodNotFound().code();
    return messages.stream()
        .anyMatch(
            each ->
                each instanceof RpcMessage.Failure failure
                    && failure.code() == unknown
                    && Channel.ownId(failure) == id);
  }

  private void unanswered(int status) {
    if (finished) {
      return;
    }
    if (status >= 400) {
      answer(RpcMessage.Failure.of(null, BackendErrors.status(channel.server(), status)));
    } else {
      fail(BackendErrors.unreadable(channel.server()));
    }
  }

  @Override
  void taken() {
    if (id != Channel.NONE) {
      fail(BackendErrors.unreadable(channel.server()));
    }
    sent.run();
  }

  @Override
  void failed(ChannelFailure failure) {
    finish(failure);
    sent.run();
  }

  private void fail(RpcError error) {
    finish(new ChannelFailure.Unavailable(502, error, null, null));
  }

  private void finish(ChannelFailure failure) {
    if (!finished) {
      finished = true;
      channel.failed(id, failure);
    }
  }

  @Override
  public void event(Event event) {
    String named = event.id();
    if (named != null) {
      lastEvent = named.isEmpty() ? null : named;
    }
    retry = event.retry() >= 0 ? event.retry() : retry;
    RpcMessage.readAll(event.data()).forEach(this::received);
  }

  @Override
  public void over(@Nullable Throwable broken) {
    sent.run();
    String from = lastEvent;
    if (finished || id == Channel.NONE) {
      return;
    }
    if (from == null || isModern() || channel.agreed().session() == null) {
      fail(BackendErrors.brokenOff(channel.server()));
    } else {
      channel.follow(new GetStream(channel, message.cause(), this, from, retry));
    }
  }

  @Override
  public void received(RpcMessage received) {
    if (finished) {
      return;
    }
    if (!(received instanceof RpcMessage.Response response)) {
      channel.received(received, id);
    } else if (response.id() == null || Channel.ownId(response) == id) {
      answer(response);
    }
  }

  private void answer(RpcMessage.Response response) {
    finished = true;
    leave(REST);
    if (response instanceof RpcMessage.Result result && Posting.is(message, "initialize")) {
      channel.agree(result, session);
    }
    channel.answered(id, response.to(JsonNodeFactory.instance.numberNode(id)));
  }

  @Override
  public boolean isFinished() {
    return finished || channel.isClosed();
  }

  @Override
  public void gone() {
    fail(BackendErrors.brokenOff(channel.server()));
  }

  @Override
  public CompletionStage<Boolean> isRepeatable() {
    return Posting.isHarmless(message)
        ? CompletableFuture.completedStage(true)
        : super.isRepeatable();
  }
}
