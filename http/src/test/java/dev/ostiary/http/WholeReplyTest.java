package dev.ostiary.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WholeReplyTest {
  private static Reply streamed(FakePieces pieces) {
    return new Reply(200, Headers.of("A", "b"), new Body.Streamed(pieces));
  }

  private static Reply exchange(CompletableFuture<Reply> answer, int limit, Duration timeout)
      throws IOException {
    URI uri = URI.create("https://backend.example/");
    OutboundRequest request =
        new OutboundRequest("GET", uri, Headers.none(), Body.empty(), timeout);
    try (FakeOutbound outbound = new FakeOutbound(answer)) {
      return outbound.exchange(request, limit);
    }
  }

  private static Reply exchange(Reply reply, int limit) throws IOException {
    return exchange(CompletableFuture.completedFuture(reply), limit, Duration.ofSeconds(10));
  }

  @Test
  void readsAStreamToItsEnd() throws IOException {
    Reply reply = exchange(streamed(new FakePieces("hello", FakePieces.Then.END)), 5);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers().first("a")).contains("b");
    assertThat(((Body.Whole) reply.body()).utf8()).isEqualTo("hello");
  }

  @Test
  void refusesMoreThanTheLimitAndCancels() {
    FakePieces pieces = new FakePieces("hello!", FakePieces.Then.SILENCE);

    assertThatThrownBy(() -> exchange(streamed(pieces), 5))
        .isInstanceOf(IOException.class)
        .hasMessage("the answer is larger than 5 bytes");
    assertThat(pieces.cancelled).isCompleted();
    assertThatThrownBy(() -> exchange(Reply.text(200, "hello!"), 5))
        .isInstanceOf(IOException.class);
  }

  @Test
  void givesUpOnAnAnswerThatDoesNotCome() {
    CompletableFuture<Reply> never = new CompletableFuture<>();

    assertThatThrownBy(() -> exchange(never, 5, Duration.ofMillis(5)))
        .isInstanceOf(HttpTimeoutException.class);
    assertThat(never).isCancelled();
  }

  @Test
  void givesUpOnABodyThatDoesNotEnd() {
    FakePieces pieces = new FakePieces("a", FakePieces.Then.SILENCE);
    CompletableFuture<Reply> answer = CompletableFuture.completedFuture(streamed(pieces));

    assertThatThrownBy(() -> exchange(answer, 5, Duration.ofMillis(5)))
        .isInstanceOf(HttpTimeoutException.class);
    assertThat(pieces.cancelled).isCompleted();
  }

  @Test
  void tellsWhyACallFailed() {
    assertThatThrownBy(
            () ->
                exchange(
                    CompletableFuture.failedFuture(new ConnectException("refused")),
                    5,
                    Duration.ofSeconds(1)))
        .isInstanceOf(ConnectException.class);
    assertThatThrownBy(() -> exchange(streamed(new FakePieces("a", FakePieces.Then.FAILURE)), 5))
        .isInstanceOf(IOException.class)
        .hasMessage("the body broke off");
  }

  @Test
  void stopsWaitingWhenInterrupted() {
    CompletableFuture<Reply> never = new CompletableFuture<>();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> exchange(never, 5, Duration.ofSeconds(10)))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(never).isCancelled();
  }

  private record FakeOutbound(CompletableFuture<Reply> answer) implements Outbound {
    @Override
    public CompletableFuture<Reply> send(OutboundRequest request) {
      return answer;
    }

    @Override
    public void close() {}
  }
}
