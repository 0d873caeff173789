package dev.ostiary.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Body;
import dev.ostiary.http.ContentLimit;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** When the content of a request is read, and on whose account it is held. */
class ContentTest extends ServerTest {
  private static final int LARGE = 4 * 1024 * 1024;
  private static final String POST = "POST /a HTTP/1.1\r\nHost: localhost\r\n";
  private static final Service REFUSING = exchange -> exchange.reply(Reply.text(401, "no"));

  private final BlockingQueue<Exchange> open = new LinkedBlockingQueue<>();
  private final BlockingQueue<Body.Whole> contents = new LinkedBlockingQueue<>();

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(10, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  /** Reads on the account that the path names, and leaves the reply to the test. */
  private void take(Exchange exchange) {
    exchange.read(
        new ContentLimit(LARGE, exchange.request().path()),
        content -> {
          contents.add(content);
          open.add(exchange);
        });
  }

  private static String post(String path, int length) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  @Test
  void answersByTheHeadAloneWithoutReadingWhatIsTooMuch() throws IOException {
    try (RawClient client = client(REFUSING)) {
      RawClient.Answer answer =
          client.send(POST + "Content-Length: " + LARGE + "\r\n\r\n").answer();

      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.closes()).isTrue();
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void keepsTheConnectionOverAShortContentThatNobodyWants() throws IOException {
    try (RawClient client = client(REFUSING)) {
      client.send(POST + "Content-Length: 5\r\n\r\nhello");
      client.send(POST + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
      client.get("/");

      for (int i = 0; i < 3; i++) {
        RawClient.Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.closes()).isFalse();
      }
    }
  }

  @Test
  void takesTheNextRequestOnlyBehindAContentThatNobodyWants() throws IOException {
    try (RawClient client = client(REFUSING)) {
      client.send(POST + "Content-Length: 40\r\n\r\nGET /smuggled");
      assertThat(client.answer().status()).isEqualTo(401);

      client.send(" HTTP/1.1\r\nHost: a\r\n\r\n...").get("/next");

      assertThat(client.answer().status()).isEqualTo(401);
      assertThat(client.get("/").answer().status()).isEqualTo(401);
    }
  }

  @Test
  void endsTheConnectionOfAnUnwantedContentThatDoesNotEnd() throws IOException {
    try (RawClient client = client(REFUSING)) {
      client.send(POST + "Transfer-Encoding: chunked\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(401);

      String chunk = "4000\r\n" + "a".repeat(0x4000) + "\r\n";
      Assertions.assertThatCode(() -> client.send(chunk.repeat(5))).doesNotThrowAnyException();

      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void doesNotAskForAContentThatNobodyWants() throws IOException {
    try (RawClient client = client(REFUSING)) {
      client.send(POST + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n");

      RawClient.Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.closes()).isTrue();
    }
  }

  @Test
  void readsWhatCameWhileTheServiceWasDeciding() throws Exception {
    BlockingQueue<Exchange> deciding = new LinkedBlockingQueue<>();
    try (RawClient client = client(deciding::add)) {
      String chunks = "1\r\na\r\n".repeat(1500);
      client.send(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
      Exchange exchange = next(deciding);
      client.send("1\r\nb\r\n0\r\n\r\n");

      take(exchange);

      assertThat(next(contents).utf8()).isEqualTo("a".repeat(1500) + "b");
      next(open).reply(Reply.of(201));
      assertThat(client.answer().status()).isEqualTo(201);
    }
  }

  @Test
  void saysThatAContentIsTooLargeOnlyWhereItIsWanted() throws Exception {
    try (RawClient client = client(this::take)) {
      RawClient.Answer answer = client.send(post("/a", LARGE + 1)).answer();

      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.all("X-Request-Id")).hasSize(1);
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void hasAShareForEachAccount() throws Exception {
    long all = 32L * LARGE; // an eighth is three of the largest, and a copy in the making
    NettyServer server = server(options().with(limits(all)), this::take);
    List<RawClient> greedy = new ArrayList<>();
    try {
      int refused = 0;
      for (int i = 0; i < 6; i++) {
        RawClient client = new RawClient(server.address());
        greedy.add(client);
        client.send(post("/greedy", LARGE) + "a".repeat(LARGE));
        if (i < 3) {
          next(open);
        } else {
          assertThat(client.answer().status()).isEqualTo(503);
          refused++;
        }
      }
      assertThat(refused).isEqualTo(3);
      try (RawClient other = new RawClient(server.address())) {
        other.send(post("/modest", 5) + "hello");
        next(open).reply(Reply.of(201));
        assertThat(other.answer().status()).isEqualTo(201);
      }
    } finally {
      for (RawClient client : greedy) {
        client.close();
      }
    }
  }

  @Test
  void countsBothHalvesOfACopy() throws Exception {
    // 64 KiB in one array and 128 KiB in the next are more than this.
    Limits tight = limits(150 * 1024);
    try (RawClient client = client(options().with(tight), this::take)) {
      client.send(POST + "Transfer-Encoding: chunked\r\n\r\n");
      client.send("14000\r\n" + "a".repeat(0x14000) + "\r\n0\r\n\r\n");

      assertThat(client.answer().status()).isEqualTo(503);
    }
  }

  @Test
  void givesBackWhatAClientHeldThatWentAway() throws Exception {
    NettyServer server = server(options().with(limits(2L * LARGE)), this::take);
    for (int i = 0; i < 3; i++) {
      RawClient client = new RawClient(server.address());
      client.send(post("/gone", LARGE) + "a".repeat(LARGE - 1));
      client.close();
    }
    Duration limit = Duration.ofSeconds(10);
    long end = System.nanoTime() + limit.toNanos();
    int status = 503;
    while (status == 503 && System.nanoTime() < end) {
      try (RawClient client = new RawClient(server.address())) {
        client.send(post("/gone", LARGE) + "a".repeat(LARGE));
        Exchange exchange = open.poll(100, TimeUnit.MILLISECONDS);
        if (exchange != null) {
          exchange.reply(Reply.of(201));
        }
        status = client.answer().status();
      }
    }
    assertThat(status).isEqualTo(201);
  }

  @Test
  void holdsTheContentOfWorkThatGoesOnWithoutItsClient() throws Exception {
    NettyServer server = server(options().with(limits(2L * LARGE)), this::take);
    RawClient client = new RawClient(server.address());
    client.send(post("/working", LARGE) + "a".repeat(LARGE));
    Exchange working = next(open);
    client.close();

    try (RawClient other = new RawClient(server.address())) {
      assertThat(other.send(post("/b", LARGE) + "a".repeat(LARGE)).answer().status())
          .isEqualTo(503);
    }
    working.reply(Reply.of(204));
    try (RawClient other = new RawClient(server.address())) {
      other.send(post("/b", LARGE) + "a".repeat(LARGE));
      next(open).reply(Reply.of(201));
      assertThat(other.answer().status()).isEqualTo(201);
    }
  }

  @Test
  void derivesItsLimitsFromTheHeap() {
    Limits small = Limits.ofHeap(64L * 1024 * 1024);

    assertThat(small.contents()).isEqualTo(16L * 1024 * 1024);
    assertThat(small.connections()).isEqualTo(4096);
    assertThat(Limits.ofHeap(8L * 1024 * 1024 * 1024).connections()).isEqualTo(20_000);
  }

  private static Limits limits(long contents) {
    return new Limits(8192, 32 * 1024, 100, contents, 100);
  }
}
