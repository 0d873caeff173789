package dev.ostiary.checker.http;

import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The wire to servers: every request, and what of it stands in a report. */
public final class RecordingHttpClient {
  private static final int LIMIT = 1024 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final String JSON = "application/json";

  private final Outbound outbound;
  private final Clock clock;
  private final List<Exchanged> evidence = new ArrayList<>();
  private Headers habits = Headers.of("User-Agent", "ostiary-check");
  private boolean slowedDown;

  public RecordingHttpClient(Outbound outbound, Clock clock) {
    this.outbound = outbound;
    this.clock = clock;
  }

  /**
   * Sends these header fields from now on, where a request has no others of their names. What was
   * sent before in their place is not any more.
   *
   * @return what was sent before
   */
  public Headers habits(Headers fields) {
    Headers before = habits;
    habits = fields;
    return before;
  }

  public Answer get(String uri, String... headers) throws IOException {
    return send("GET", uri, Headers.of(headers), "");
  }

  public Answer json(String uri, String content, String... headers) throws IOException {
    return send("POST", uri, with(Headers.of(headers), "Content-Type", JSON), content);
  }

  public Answer form(String uri, Form form, String... headers) throws IOException {
    String type = "application/x-www-form-urlencoded";
    Headers fields = with(with(Headers.of(headers), "Content-Type", type), "Accept", JSON);
    return send("POST", uri, fields, form.toString());
  }

  /** Sends a request and reads the whole answer. */
  public Answer send(String method, String uri, Headers headers, String content)
      throws IOException {
    OutboundRequest request = outgoing(method, uri, headers, content);
    try {
      return record(request, content, exchange(request, content));
    } catch (IOException unanswered) {
      evidence.add(Transcript.unanswered(request, content, unanswered));
      throw unanswered;
    }
  }

  /** A connection that ended is no answer: what can do no harm is sent once more. */
  private Reply exchange(OutboundRequest request, String content) throws IOException {
    try {
      return outbound.exchange(request, LIMIT);
    } catch (ConnectException | HttpTimeoutException unreachable) {
      throw unreachable;
    } catch (IOException ended) {
      if (content.contains("code=") || content.contains("refresh_token=")) {
        throw ended;
      }
      return outbound.exchange(request, LIMIT);
    }
  }

  /** Sends a request and reads the head of the answer only: its content may never end. */
  public Answer head(String method, String uri, Headers headers, String content)
      throws IOException {
    OutboundRequest request = outgoing(method, uri, headers, content);
    CompletableFuture<Reply> coming = outbound.send(request);
    try {
      Reply reply = coming.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (reply.body() instanceof Body.Streamed streamed) {
        streamed.discard();
      }
      return record(request, content, new Reply(reply.status(), reply.headers(), Body.empty()));
    } catch (ExecutionException | TimeoutException failed) {
      coming.cancel(true);
      IOException unanswered = new IOException("no answer in time or at all", failed);
      evidence.add(Transcript.unanswered(request, content, unanswered));
      throw unanswered;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted");
    }
  }

  /** The same form several times at once. */
  public List<Answer> storm(String uri, Form form, int times) throws IOException {
    Headers fields =
        Headers.of("Content-Type", "application/x-www-form-urlencoded", "Accept", JSON);
    OutboundRequest request = outgoing("POST", uri, fields, form.toString());
    List<CompletableFuture<Reply>> coming = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      coming.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return outbound.exchange(request, LIMIT);
                } catch (IOException unanswered) {
                  throw new java.io.UncheckedIOException(unanswered);
                }
              },
              Thread::startVirtualThread));
    }
    List<Answer> answers = new ArrayList<>();
    for (CompletableFuture<Reply> each : coming) {
      try {
        answers.add(record(request, form.toString(), each.get()));
      } catch (ExecutionException failed) {
        throw new IOException("no answer to one of the parallel requests", failed);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new java.io.InterruptedIOException("interrupted");
      }
    }
    return answers;
  }

  /** Puts an answer that was had before into the evidence of the check at hand. */
  public Answer cite(Answer answer) {
    if (!evidence.contains(answer.exchanged())) {
      evidence.add(answer.exchanged());
    }
    return answer;
  }

  /** What has been exchanged since the last time it was taken. */
  public List<Exchanged> takeEvidence() {
    List<Exchanged> taken = List.copyOf(evidence);
    evidence.clear();
    slowedDown = false;
    return taken;
  }

  /** Whether an answer since the evidence was last taken asked to slow down. */
  public boolean wasSlowedDown() {
    return slowedDown;
  }

  public Clock clock() {
    return clock;
  }

  private Answer record(OutboundRequest request, String content, Reply reply) {
    String text = ((Body.Whole) reply.body()).utf8();
    Exchanged exchanged = Transcript.of(request, content, reply.status(), reply.headers(), text);
    evidence.add(exchanged);
    slowedDown |= reply.status() == 429;
    return new Answer(request.uri(), reply.status(), reply.headers(), text, exchanged);
  }

  private Headers withHabits(Headers headers) {
    List<Headers.Field> all = new ArrayList<>();
    headers.forEach((name, value) -> all.add(new Headers.Field(name, value)));
    habits.forEach(
        (name, value) -> {
          if (!headers.has(name)) {
            all.add(new Headers.Field(name, value));
          }
        });
    return Headers.of(all);
  }

  private OutboundRequest outgoing(String method, String uri, Headers headers, String content)
      throws IOException {
    try {
      return new OutboundRequest(
          method, URI.create(uri), withHabits(headers), Body.utf8(content), PATIENCE);
    } catch (IllegalArgumentException malformed) {
      throw new IOException("not an address that a request can be sent to: " + uri, malformed);
    }
  }

  private static Headers with(Headers headers, String name, String value) {
    return headers.has(name) ? headers : headers.with(name, value);
  }
}
