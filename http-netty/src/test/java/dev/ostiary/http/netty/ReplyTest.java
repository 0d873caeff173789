package dev.ostiary.http.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.http.Body;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.requirements.Requirement;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How replies are written, and what happens when nobody reads them. */
class ReplyTest extends ServerTest {
  private static Reply streamed(Pieces pieces, String... headers) {
    return new Reply(200, Headers.of(headers), new Body.Streamed(pieces));
  }

  @Test
  void sendsStatusHeadersDateAndContent() throws IOException {
    Reply reply = Reply.text(402, "hello").with("A", "b").with("A", "c");
    try (RawClient client = client(FakeService.answering(reply))) {
      RawClient.Answer answer = client.get("/").answer();
      assertThat(answer.status()).isEqualTo(402);
      assertThat(answer.all("A")).containsExactly("b", "c");
      assertThat(answer.all("Date")).containsExactly("Thu, 05 Nov 2026 08:49:37 GMT");
      assertThat(answer.content()).isEqualTo("hello");
    }
  }

  @Test
  void framesRepliesItself() throws IOException {
    Reply reply =
        Reply.text(200, "hello")
            .with("Content-Length", "3")
            .with("Transfer-Encoding", "gzip")
            .with("Connection", "upgrade")
            .with("Keep-Alive", "timeout=1");
    try (RawClient client = client(FakeService.answering(reply))) {
      RawClient.Answer answer = client.get("/").answer();
      assertThat(answer.all("Content-Length")).containsExactly("5");
      assertThat(answer.all("Transfer-Encoding")).isEmpty();
      assertThat(answer.all("Connection")).isEmpty();
      assertThat(answer.all("Keep-Alive")).isEmpty();
      assertThat(client.get("/").answer().content()).isEqualTo("hello");
    }
  }

  @Test
  void sendsNoContentWhereNoneMayBe() throws IOException {
    Map<String, Reply> replies =
        Map.of(
            "/whole", Reply.text(200, "hello"),
            "/streamed", streamed(new Pieces()),
            "/204", new Reply(204, Headers.none(), Body.utf8("hello")),
            "/304", new Reply(304, Headers.none(), Body.utf8("hello")),
            "/204-streamed", new Reply(204, Headers.none(), new Body.Streamed(new Pieces())));
    FakeService service =
        FakeService.doing(
            exchange ->
                exchange.reply(replies.getOrDefault(exchange.request().path(), Reply.of(404))));
    try (RawClient client = client(service)) {
      client.send("HEAD /whole HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.head().all("Content-Length")).containsExactly("5");
      client.send("HEAD /streamed HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.head().all("Transfer-Encoding")).isEmpty();
      assertThat(client.get("/204").head().status()).isEqualTo(204);
      assertThat(client.get("/304").head().status()).isEqualTo(304);
      assertThat(client.get("/204-streamed").head().all("Content-Length")).isEmpty();
      assertThat(client.get("/whole").answer().content()).isEqualTo("hello");
    }
  }

  @Test
  void countsOnlyTheFirstReply() throws IOException {
    Pieces second = new Pieces();
    FakeService service =
        FakeService.doing(
            exchange -> {
              exchange.reply(Reply.text(200, "first"));
              exchange.reply(streamed(second));
            });
    try (RawClient client = client(service)) {
      assertThat(client.get("/").answer().content()).isEqualTo("first");
      assertThat(second.cancelled.join()).isTrue();
    }
  }

  @Test
  void answersForAServiceThatFails() throws IOException {
    FakeService service =
        FakeService.doing(
            _ -> {
              throw new IllegalStateException("broken on purpose");
            });
    try (RawClient client = client(service)) {
      RawClient.Answer answer = client.get("/").answer();
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.content()).doesNotContain("broken");
    }
  }

  @Nested
  class Streams {
    @Test
    @Requirement("T-58")
    void sendsHeadAndEveryPieceAtOnce() throws IOException {
      Pieces pieces = new Pieces();
      try (RawClient client = client(FakeService.answering(streamed(pieces)))) {
        assertThat(client.get("/").head().all("Transfer-Encoding")).containsExactly("chunked");
        for (String piece : new String[] {"data: 1\n\n", "data: 2\n\n"}) {
          pieces.say(piece);
          assertThat(client.chunk()).isEqualTo(piece);
        }
        pieces.end();
        assertThat(client.chunk()).isEmpty();
        assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").head().status()).isEqualTo(200);
      }
    }

    @Test
    void endsWithTheConnectionForOldClients() throws IOException {
      Pieces pieces = new Pieces(3, 10);
      try (RawClient client = client(FakeService.answering(streamed(pieces)))) {
        client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        RawClient.Answer answer = client.answer();
        assertThat(answer.closes()).isTrue();
        assertThat(answer.all("Transfer-Encoding")).isEmpty();
        assertThat(answer.content()).hasSize(30);
      }
    }

    @Test
    void asksForNothingWhileTheClientDoesNotRead() throws Exception {
      int many = 4000;
      Pieces pieces = new Pieces(many, 16 * 1024);
      NettyServer server = server(options(), FakeService.answering(streamed(pieces)));
      try (RawClient client = new RawClient(server.address(), 4096)) {
        client.get("/");
        long before = -1;
        // Two looks alike, with time for a request between them, mean that it has stopped asking.
        while (pieces.requests.tryAcquire(200, TimeUnit.MILLISECONDS)) {
          before = pieces.asked.get();
        }
        assertThat(before).isPositive();
        assertThat(pieces.asked.get()).isLessThan(many);

        assertThat(client.answer().content()).hasSize(many * 16 * 1024);
        assertThat(pieces.asked.get()).isEqualTo(many + 1);
      }
    }

    @Test
    void closesOnAClientThatStopsReading() throws Exception {
      Duration ages = Duration.ofMinutes(1);
      Options impatient = options().with(patient(ages, ages, ages, Duration.ofMillis(100)));
      Pieces pieces = new Pieces(Integer.MAX_VALUE - 1, 64 * 1024);
      NettyServer server = server(impatient, FakeService.answering(streamed(pieces)));
      try (RawClient client = new RawClient(server.address(), 4096)) {
        client.get("/");
        assertThat(pieces.cancelled.get(20, TimeUnit.SECONDS)).isTrue();
      }
    }

    @Test
    void keepsToTheAnnouncedLength() throws IOException {
      Pieces exact = new Pieces(2, 5);
      try (RawClient client =
          client(FakeService.answering(streamed(exact, "Content-Length", "10")))) {
        RawClient.Answer answer = client.get("/").answer();
        assertThat(answer.all("Transfer-Encoding")).isEmpty();
        assertThat(answer.content()).hasSize(10);
      }
      Pieces longer = new Pieces(3, 5);
      try (RawClient client =
          client(FakeService.answering(streamed(longer, "Content-Length", "12")))) {
        assertThatThrownBy(() -> client.get("/").answer()).isInstanceOf(EOFException.class);
        assertThat(longer.cancelled.join()).isTrue();
      }
      Pieces shorter = new Pieces(1, 5);
      try (RawClient client =
          client(FakeService.answering(streamed(shorter, "Content-Length", "12")))) {
        assertThatThrownBy(() -> client.get("/").answer()).isInstanceOf(EOFException.class);
      }
    }

    @Test
    void letsTheClientNoticeThatAStreamBroke() throws IOException {
      Pieces pieces = new Pieces();
      try (RawClient client = client(FakeService.answering(streamed(pieces)))) {
        client.get("/").head();
        pieces.subscriber.join().onError(new IOException("backend gone"));
        assertThatThrownBy(client::chunk).isInstanceOf(EOFException.class);
      }
    }

    @Test
    @Requirement("T-11")
    void cancelsWhenTheClientGoes() throws Exception {
      Pieces pieces = new Pieces();
      CompletableFuture<Boolean> aborted = new CompletableFuture<>();
      FakeService service =
          FakeService.doing(
              exchange -> {
                exchange.onAbort(() -> aborted.complete(true));
                exchange.reply(streamed(pieces));
              });
      try (RawClient client = client(service)) {
        client.get("/").head();
      }
      assertThat(pieces.cancelled.get(10, TimeUnit.SECONDS)).isTrue();
      assertThat(aborted.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Nested
  class Leaving {
    private final BlockingQueue<Exchange> open = new LinkedBlockingQueue<>();
    private final FakeService pending = FakeService.doing(open::add);

    private Exchange opened() throws InterruptedException {
      return java.util.Objects.requireNonNull(open.poll(10, TimeUnit.SECONDS));
    }

    @Test
    @Requirement("T-11")
    void tellsWhoeverWorksOnAReplyThatTheClientHasGone() throws Exception {
      CompletableFuture<Boolean> aborted = new CompletableFuture<>();
      Exchange exchange;
      try (RawClient client = client(pending)) {
        client.get("/");
        exchange = opened();
        exchange.onAbort(
            () -> {
              throw new IllegalStateException("one broken action does not stop the next");
            });
        exchange.onAbort(() -> aborted.complete(true));
      }
      assertThat(aborted.get(10, TimeUnit.SECONDS)).isTrue();

      CompletableFuture<Boolean> late = new CompletableFuture<>();
      exchange.onAbort(() -> late.complete(true));
      assertThat(late).isCompleted();
      Pieces pieces = new Pieces();
      exchange.reply(streamed(pieces));
      assertThat(pieces.cancelled.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void runsNoAbortOnceTheReplyHasLeft() throws Exception {
      CompletableFuture<Boolean> aborted = new CompletableFuture<>();
      try (RawClient client = client(pending)) {
        client.get("/");
        Exchange first = opened();
        first.onAbort(() -> aborted.complete(true));
        first.reply(Reply.of(200));
        client.answer();
        client.get("/");
        opened().reply(Reply.of(200));
        client.answer();
        first.onAbort(() -> aborted.complete(true));
      }
      stopServers();
      assertThat(aborted).isNotDone();
    }

    @Test
    void letsOpenRequestsFinishWhenItStops() throws Exception {
      NettyServer server = server(options(), pending);
      try (RawClient busy = new RawClient(server.address());
          RawClient idle = new RawClient(server.address())) {
        idle.get("/");
        opened().reply(Reply.of(200));
        idle.answer();
        busy.get("/");
        Exchange exchange = opened();
        CompletableFuture<Void> stopped =
            CompletableFuture.runAsync(() -> server.stop(Duration.ofSeconds(30)));
        assertThat(idle.ended()).as("idle connections go first").isTrue();
        assertThat(stopped).isNotDone();

        busy.get("/behind");
        exchange.reply(Reply.text(200, "done"));

        RawClient.Answer answer = busy.answer();
        assertThat(answer.content()).isEqualTo("done");
        assertThat(answer.closes()).isTrue();
        assertThat(busy.ended()).isTrue();
        busy.hangUp();
        stopped.get(10, TimeUnit.SECONDS);
        assertThat(open).isEmpty();
        assertThatThrownBy(() -> new RawClient(server.address())).isInstanceOf(IOException.class);
      }
    }

    @Test
    void closesOpenStreamsWhenTheGraceIsOver() throws Exception {
      Pieces pieces = new Pieces();
      NettyServer server = server(options(), FakeService.answering(streamed(pieces)));
      try (RawClient client = new RawClient(server.address())) {
        client.get("/").head();
        server.stop(Duration.ofMillis(20));
        assertThat(client.ended()).isTrue();
        assertThat(pieces.cancelled.get(10, TimeUnit.SECONDS)).isTrue();
      }
    }
  }
}
