package dev.ostiary.gateway.remote;

import dev.ostiary.gateway.backend.HttpBackend;
import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.Eras;
import dev.ostiary.gateway.peer.Outgoing;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.http.Headers;
import dev.ostiary.mcp.Era;
import dev.ostiary.mcp.Revision;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.mcp.rpc.RpcMessage;
import dev.ostiary.protocol.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks a backend whether it speaks the modern era, by {@code server/discover}. Calls that want to
 * know it at the same time share the question.
 */
final class EraProbe {
  /** For so long a backend is not asked again that has just said yes. */
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final HttpBackend backend;
  private final Eras eras;
  private final Ticker ticker;
  private @Nullable Question current;
  private volatile Instant confirmed = Instant.EPOCH;

  EraProbe(HttpBackend backend, Eras eras, Ticker ticker) {
    this.backend = backend;
    this.eras = eras;
    this.ticker = ticker;
  }

  /** What came of it. */
  sealed interface Outcome {
    record Learned(boolean modern) implements Outcome {}

    /** The backend did not answer this user. */
    record Failed(ChannelFailure failure) implements Outcome {}
  }

  /**
   * A question under way.
   *
   * @param user for whom it is asked
   */
  private record Question(Subject user, CompletableFuture<Outcome> outcome) {}

  /** Asks, or waits for what somebody else's question brings. */
  void ask(Cause cause, Consumer<Outcome> then) {
    Question question;
    boolean own = false;
    synchronized (this) {
      question = current;
      if (question == null) {
        question = new Question(cause.caller().subject(), new CompletableFuture<>());
        current = question;
        own = true;
      }
    }
    Question asked = question;
    boolean first = own;
    var _ =
        asked
            .outcome()
            .thenAccept(
                outcome -> {
                  if (first || isFor(outcome, asked, cause)) {
                    then.accept(outcome);
                  } else {
                    ask(cause, then);
                  }
                });
    if (own) {
      begin(cause, asked);
    }
  }

  /** A failure may be that user's alone. */
  private boolean isFor(Outcome outcome, Question asked, Cause cause) {
    return switch (outcome) {
      case Outcome.Learned _ -> true;
      case Outcome.Failed(ChannelFailure.Answered _) -> false;
      case Outcome.Failed _ ->
          !backend.isPersonal() || asked.user().equals(cause.caller().subject());
    };
  }

  /** Whether the backend said a moment ago that it speaks the modern era. */
  boolean isFresh() {
    return ticker.now().isBefore(confirmed.plus(FRESH));
  }

  private void begin(Cause cause, Question question) {
    Outgoing discover = Outgoing.of(discover(), cause, Headers.none());
    DiscoverReply reply =
        new DiscoverReply(
            ticker,
            backend.settings().name(),
            cause.reply(),
            outcome -> {
              if (outcome instanceof Outcome.Learned(boolean modern)) {
                confirmed = modern ? ticker.now() : Instant.EPOCH;
                eras.learned(Era.MODERN, modern);
              }
              synchronized (this) {
                current = null;
              }
              question.outcome().complete(outcome);
            });
    ticker.add(reply);
    backend.take(Posting.call(discover, Agreement.MODERN), reply);
  }

  private static RpcMessage.Request discover() {
    ObjectNode params = RpcJson.object();
    ObjectNode meta = params.putObject("_meta");
    meta.put("io.modelcontextprotocol/protocolVersion", Revision.MODERN.wire());
    meta.putObject("io.modelcontextprotocol/clientCapabilities");
    return new RpcMessage.Request(
        JsonNodeFactory.instance.numberNode(DiscoverReply.ID), "server/discover", params);
  }
}
