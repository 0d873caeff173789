package dev.ostiary.server.operate;

import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * A reply of JSON lines that are written while the work goes on, no faster than they are taken: an
 * entry of a list each, or {@code {"ended":…}} or {@code {"written":…}} for each step of a long
 * work and the outcome at the end. A refusal before the first line has its status and is a problem
 * object (RFC 9457); a later one is such an object as the last line.
 */
final class AnswerStream implements Updates, Flow.Publisher<ByteBuffer> {
  private static final System.Logger LOG = System.getLogger(AnswerStream.class.getName());
  private static final String LINES = "application/x-ndjson";
  private static final int PIECE = 16 * 1024;
  private static final int PIECES = 4;

  private final SubmissionPublisher<ByteBuffer> pieces =
      new SubmissionPublisher<>(Thread::startVirtualThread, PIECES);
  private final CompletableFuture<Reply> reply = new CompletableFuture<>();
  private final CountDownLatch subscribed = new CountDownLatch(1);
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream(PIECE);

  private AnswerStream() {}

  /** Begins the work, and returns when its reply has a head. */
  static Reply of(Function<Updates, Answer> work) {
    AnswerStream answer = new AnswerStream();
    Thread.ofVirtual().name("operator-request").start(() -> answer.run(work));
    return answer.reply.join();
  }

  static Reply problem(Answer.Refused refused) {
    return reply(refused.status(), "application/problem+json", line(refused));
  }

  private void run(Function<Updates, Answer> work) {
    try {
      Answer answer = work.apply(this);
      if (answer instanceof Answer.Refused refused && waiting.size() == 0 && !reply.isDone()) {
        reply.complete(problem(refused));
      } else {
        waiting.writeBytes(line(answer));
        if (!reply.complete(reply(200, LINES, waiting.toByteArray()))) {
          flush();
        }
      }
      pieces.close();
    } catch (UncheckedIOException gone) {
      LOG.log(System.Logger.Level.INFO, "an operator left before the request was done", gone);
      pieces.close();
    } catch (RuntimeException | Error broken) {
      LOG.log(System.Logger.Level.ERROR, "an operator's request failed", broken);
      reply.completeExceptionally(broken);
      pieces.closeExceptionally(broken);
    }
  }

  @Override
  public void entry(ObjectNode entry) {
    waiting.writeBytes(line(entry));
    if (waiting.size() >= PIECE) {
      flush();
    }
  }

  @Override
  public void ended(long grants) {
    waiting.writeBytes(line(Json.object().put("ended", grants)));
    flush();
  }

  @Override
  public void written(long bytes) {
    waiting.writeBytes(line(Json.object().put("written", bytes)));
    flush();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> reader) {
    pieces.subscribe(reader);
    subscribed.countDown();
  }

  /** Waits until there is room. If the reader has gone, nothing more is done for it. */
  private void flush() {
    reply.complete(new Reply(200, Headers.of("Content-Type", LINES), new Body.Streamed(this)));
    try {
      if (!subscribed.await(1, TimeUnit.MINUTES) || !pieces.hasSubscribers()) {
        throw new UncheckedIOException(new IOException("the connection has ended"));
      }
      pieces.submit(ByteBuffer.wrap(waiting.toByteArray()));
      waiting.reset();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted"));
    }
  }

  private static Reply reply(int status, String type, byte[] content) {
    return new Reply(status, Headers.of("Content-Type", type), Body.of(content));
  }

  private static byte[] line(Answer answer) {
    return switch (answer) {
      case Answer.Done(ObjectNode outcome) -> outcome.isEmpty() ? new byte[0] : line(outcome);
      case Answer.Refused(int status, String reason) ->
          line(
              Json.object()
                  .put("title", "the request was refused")
                  .put("status", status)
                  .put("detail", reason));
    };
  }

  private static byte[] line(ObjectNode message) {
    return (Messages.write(message) + "\n").getBytes(StandardCharsets.US_ASCII);
  }
}
