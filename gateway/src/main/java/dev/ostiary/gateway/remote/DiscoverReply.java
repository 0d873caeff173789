package dev.ostiary.gateway.remote;

import dev.ostiary.gateway.peer.Channel;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.remote.EraProbe.Outcome;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.mcp.Event;
import dev.ostiary.mcp.Revision;
import dev.ostiary.mcp.rpc.RpcMessage;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a backend answers to our {@code server/discover}. Servers of the modern era answer with the
 * versions that they support, or with an error that only that era has; every other answer, and
 * none, is a legacy server's.
 */
final class DiscoverReply extends OwnReply implements Ticker.Tickable {
  static final long ID = 0;

  /** Header mismatch, missing capability, unsupported version (2026-07-28, Error Codes). */
  private static final Set<Integer> MODERN_ERRORS = Set.of(-32020, -32021, -32022);

  private final Ticker ticker;
  private final Instant since;
  private final Consumer<Outcome> then;
  private final AtomicBoolean done = new AtomicBoolean();

  DiscoverReply(Ticker ticker, String server, @Nullable CallReply client, Consumer<Outcome> then) {
    super(ticker, server, client);
    this.ticker = ticker;
    this.since = ticker.now();
    this.then = then;
  }

  @Override
  void content(int status, byte[] content) {
    List<RpcMessage> messages = RpcMessage.readAll(content);
    finish(new Outcome.Learned(!messages.isEmpty() && isModern(messages.getFirst())));
  }

  private static boolean isModern(RpcMessage answer) {
    if (!(answer instanceof RpcMessage.Response response) || Channel.ownId(response) != ID) {
      return false;
    }
    return switch (response) {
      case RpcMessage.Result result -> lists(result.result().path("supportedVersions"));
      case RpcMessage.Failure failure -> {
        JsonNode supported = failure.error().path("data").path("supported");
        yield MODERN_ERRORS.contains(failure.code()) && (!supported.isArray() || lists(supported));
      }
    };
  }

  private static boolean lists(JsonNode versions) {
    return versions.values().stream()
        .anyMatch(version -> version.asString("").equals(Revision.MODERN.wire()));
  }

  @Override
  void taken() {
    finish(new Outcome.Learned(false));
  }

  @Override
  void failed(ChannelFailure failure) {
    finish(new Outcome.Failed(failure));
  }

  @Override
  public void event(Event event) {
    for (RpcMessage message : RpcMessage.readAll(event.data())) {
      if (message instanceof RpcMessage.Response) {
        finish(new Outcome.Learned(isModern(message)));
        cancel();
      }
    }
  }

  @Override
  public void over(@Nullable Throwable broken) {
    finish(new Outcome.Learned(false));
  }

  @Override
  public void tick(Instant now) {
    if (!now.isBefore(since.plus(HttpChannels.PROBING))) {
      cancel();
      finish(new Outcome.Learned(false));
    }
  }

  private void finish(Outcome outcome) {
    if (!done.getAndSet(true)) {
      ticker.remove(this);
      then.accept(outcome);
    }
  }

  @Override
  public CompletionStage<Boolean> isRepeatable() {
    return CompletableFuture.completedStage(true);
  }
}
