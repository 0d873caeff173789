package dev.ostiary.gateway.reply;

import dev.ostiary.gateway.stream.AnswerEvents;
import dev.ostiary.gateway.stream.ReadAhead;
import dev.ostiary.gateway.stream.StreamTimeouts;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.http.Body;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Scopes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The answer to a call of our own: read as a whole, and shown to no client. */
public final class CollectedReply implements CallReply {
  private static final int LIMIT = 4 * 1024 * 1024;

  private final Ticker ticker;
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();

  public CollectedReply(Ticker ticker) {
    this.ticker = ticker;
  }

  /** What was answered. */
  public sealed interface Answer {}

  public record Json(Body.Whole content) implements Answer {}

  public record SignInAgain() implements Answer {}

  /** Nothing that could be read. */
  record None() implements Answer {}

  public CompletableFuture<Answer> answer() {
    return answer;
  }

  @Override
  public void json(int status, byte[] json) {
    answer.complete(status == 200 ? new Json(Body.of(json)) : new None());
  }

  @Override
  public void accepted() {
    answer.complete(new None());
  }

  @Override
  public void signInAgain() {
    answer.complete(new SignInAgain());
  }

  @Override
  public boolean stepUp(Scopes wanted) {
    return false;
  }

  @Override
  public void relay(Reply reply, StreamTimeouts timeouts, Runnable ended) {
    boolean events = AnswerEvents.isIn(reply.headers());
    switch (reply.body()) {
      case Body.Whole whole -> {
        take(reply, events, whole.bytes());
        ended.run();
      }
      case Body.Streamed streamed -> {
        ReadAhead.Enough enough =
            events ? AnswerEvents.untilAnswered(LIMIT) : ReadAhead.upTo(LIMIT);
        var _ =
            new ReadAhead(streamed, enough, ticker, timeouts.idle())
                .read()
                .whenComplete(
                    (read, _) -> {
                      if (read != null && read.body() instanceof Body.Streamed rest) {
                        rest.discard();
                      }
                      if (read != null && (events || read.body() instanceof Body.Whole)) {
                        take(reply, events, read.octets());
                      } else {
                        answer.complete(new None());
                      }
                      ended.run();
                    });
      }
    }
  }

  private void take(Reply reply, boolean events, byte[] read) {
    if (events) {
      answer.complete(
          AnswerEvents.answer(read)
              .<Answer>map(json -> new Json(Body.of(json)))
              .orElseGet(None::new));
    } else {
      json(reply.status(), read);
    }
  }

  @Override
  public CompletionStage<Boolean> isRepeatable() {
    return CompletableFuture.completedStage(true);
  }

  @Override
  public void onCancel(Runnable action) {}
}
