package dev.ostiary.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may send, and what it may not. */
class RequestTest extends ServerTest {
  private static final String HEAD = "POST /a HTTP/1.1\r\nHost: localhost\r\n";
  private final BlockingQueue<Request> seen = new LinkedBlockingQueue<>();
  private final FakeService service =
      FakeService.doing(
          exchange -> {
            seen.add(exchange.request());
            exchange.reply(new Reply(200, Headers.none(), exchange.request().body()));
          });

  private Request seen() throws InterruptedException {
    return java.util.Objects.requireNonNull(seen.poll(10, TimeUnit.SECONDS));
  }

  private void refuses(RawClient client, int status) throws IOException {
    RawClient.Answer answer = client.answer();
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.closes()).isTrue();
    assertThat(answer.all("Content-Type")).containsExactly("application/json");
    assertThat(answer.all("X-Request-Id")).hasSize(1);
    if (status != 413) { // which the path's endpoint decides
      assertThat(answer.all("Access-Control-Allow-Origin")).containsExactly("*");
    }
    assertThat(answer.content()).startsWith("{\"error\":\"").endsWith("\"}");
    assertThat(client.ended()).isTrue();
    assertThat(seen).isEmpty();
  }

  @Test
  void passesARequestOnAsItWasSent() throws Exception {
    try (RawClient client = client(service)) {
      client.send(
          "POST /a%2Fb/../c?x=%20&y HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: mine\r\n"
              + "Content-Length: 5\r\n\r\nhello");
      assertThat(client.answer().content()).isEqualTo("hello");
    }
    Request request = seen();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/a%2Fb/../c");
    assertThat(request.query()).isEqualTo("x=%20&y");
    assertThat(request.body().utf8()).isEqualTo("hello");
    assertThat(request.id()).matches("[0-9a-f]{16}");
    assertThat(request.remote()).isEqualTo(InetAddress.getLoopbackAddress());
  }

  @Test
  @Requirement("T-18")
  void trimsHeaderValuesAndKeepsTheirCase() throws Exception {
    try (RawClient client = client(service)) {
      client.send("GET / HTTP/1.1\r\nhOST:localhost\r\nmcp-method: \t tools/List \t\r\n\r\n");
      client.answer();
    }
    assertThat(seen().headers().first("Mcp-Method")).contains("tools/List");
  }

  @Test
  @Requirement("T-41")
  void keepsContentOctetForOctet() throws Exception {
    NettyServer server = server(options(), service);
    String text = "日本語 é ".repeat(3000);
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      URI uri = URI.create("http://localhost:" + server.address().getPort() + "/");
      var chunked =
          HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString(text));
      for (var body : java.util.List.of(HttpRequest.BodyPublishers.ofString(text), chunked)) {
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(uri).POST(body).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo(text);
      }
    }
  }

  @Test
  void answersPipelinedRequestsInOrder() throws Exception {
    BlockingQueue<dev.ostiary.http.Exchange> open = new LinkedBlockingQueue<>();
    try (RawClient client = client(FakeService.doing(open::add))) {
      for (int i = 0; i < 100; i++) {
        client.get("/" + i);
      }
      for (int i = 0; i < 100; i++) {
        dev.ostiary.http.Exchange next = open.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        assertThat(open).as("one at a time").isEmpty();
        next.reply(Reply.text(200, next.request().path()));
        assertThat(client.answer().content()).isEqualTo("/" + i);
      }
    }
  }

  @Test
  void endsAConnectionThatPacksTooManyRequestsTogether() throws Exception {
    BlockingQueue<dev.ostiary.http.Exchange> open = new LinkedBlockingQueue<>();
    try (RawClient client = client(FakeService.doing(open::add))) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(500));
      int answered = 0;
      for (dev.ostiary.http.Exchange next = open.poll(10, TimeUnit.SECONDS);
          next != null;
          next = open.poll(200, TimeUnit.MILLISECONDS)) {
        next.reply(Reply.of(200));
        client.answer();
        answered++;
      }
      assertThat(client.ended()).isTrue();
      assertThat(answered).isBetween(1, 499);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nA: b\r\n\tc\r\n\r\n",
        "GET / HTTP/1.1\r\n Host: a\r\n\r\n",
        " GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        " \r\nGET\t/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "\t\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\nHost: a\n\n",
        "GET / HTTP/1.1\r\nHost: a\nA: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\rA: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nA: b\0c\r\n\r\n",
        "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /#a HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n",
        "GET /\r\nHost: a\r\n\r\n",
        "GET\r\n\r\n",
        "G@T / HTTP/1.1 x\r\nHost: a\r\n\r\n",
        "GET a HTTP/1.1\r\nHost: a\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://user@a/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "\u0016\u0003\u0001\u0000\u00ff\u0001\r\n\r\n",
      })
  void refusesWhatIsNotHttp(String octets) throws IOException {
    try (RawClient client = client(service)) {
      refuses(client.send(octets), 400);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
        "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
        "Content-Length: 3, 3\r\n\r\nabc",
        "Content-Length: +3\r\n\r\nabc",
        "Content-Length: -3\r\n\r\nabc",
        "Content-Length: 0x3\r\n\r\nabc",
        "Content-Length: 3 3\r\n\r\nabc",
        "Content-Length: \r\n\r\nabc",
        "Content-Length: 99999999999999999999\r\n\r\nabc",
        "Content-Length : 3\r\n\r\nabc",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nx\r\nabc\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n3\nabc\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nfffffffff\r\nabc\r\n0\r\n\r\n",
      })
  void refusesContentWhoseEndIsInDoubt(String rest) throws IOException {
    try (RawClient client = client(service)) {
      refuses(client.send(HEAD + rest), 400);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "501, 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'",
    // Nothing tells where a content ends whose last coding is not chunked (RFC 9112 §6.3).
    "400, 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n0\r\n\r\n'",
    "501, 'CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n'",
    "501, 'get / HTTP/1.1\r\nHost: a\r\n\r\n'",
    "505, 'GET / HTTP/2.0\r\nHost: a\r\n\r\n'",
    "505, 'PRI * HTTP/2.0\r\n\r\n'",
    "505, 'GET / HTTP/1.2\r\nHost: a\r\n\r\n'",
    "400, 'POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'",
    "417, 'POST / HTTP/1.1\r\nHost: a\r\nExpect: wonders\r\nContent-Length: 3\r\n\r\n'",
    "413, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n'",
  })
  void refusesWhatItCannotServe(int status, String octets) throws IOException {
    try (RawClient client = client(service)) {
      refuses(client.send(octets), status);
    }
  }

  /** Only a browser is sent to such an address, and a person reads what it shows. */
  @Test
  void showsAPageForAnAddressThatIsTooLong() throws Exception {
    try (RawClient client = client(service)) {
      client.send("GET /authorize?state=" + "s".repeat(100_000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
      RawClient.Answer answer = client.answer();

      assertThat(answer.status()).isEqualTo(414);
      assertThat(answer.all("Content-Type")).containsExactly("text/html; charset=utf-8");
      assertThat(answer.all("X-Request-Id")).hasSize(1);
      assertThat(answer.all("Access-Control-Allow-Origin")).containsExactly("*");
      assertThat(answer.content()).startsWith("<!DOCTYPE html>").contains("Nothing was shared");
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void takesAbsoluteTargetsThatAgreeWithHost() throws Exception {
    try (RawClient client = client(service)) {
      client.send("GET HTTP://A:80?b=/c HTTP/1.1\r\nHost: a:80\r\n\r\n").answer();
    }
    Request request = seen();
    assertThat(request.path()).isEqualTo("/");
    assertThat(request.query()).isEqualTo("b=/c");
  }

  @Test
  void refusesLongLinesAndLargeHeaders() throws IOException {
    NettyServer server = server(options(), service);
    try (RawClient client = new RawClient(server.address())) {
      assertThat(client.get("/" + "a".repeat(9000)).answer().status()).isEqualTo(414);
    }
    try (RawClient client = new RawClient(server.address())) {
      refuses(client.send(HEAD + "A: " + "b".repeat(33_000) + "\r\n\r\n"), 431);
    }
    try (RawClient client = new RawClient(server.address())) {
      refuses(client.send(HEAD + "A: b\r\n".repeat(100) + "\r\n"), 431);
    }
  }

  @Test
  void refusesLargeContentWhileItComes() throws IOException {
    String chunk = "4000\r\n" + "a".repeat(0x4000) + "\r\n";
    try (RawClient client = client(service)) {
      refuses(
          client.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(4) + "1\r\na\r\n"),
          413);
    }
  }

  @Test
  void asksForContentThatIsExpectedToFit() throws IOException {
    try (RawClient client = client(service)) {
      client.send(HEAD + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(client.head().status()).isEqualTo(100);
      assertThat(client.send("ok").answer().content()).isEqualTo("ok");
      assertThat(client.get("/").answer().status()).isEqualTo(200);
    }
  }

  @Test
  void doesNotAskForContentThatIsTooLarge() throws IOException {
    try (RawClient client = client(service)) {
      refuses(client.send(HEAD + "Expect: 100-continue\r\nContent-Length: 70000\r\n\r\n"), 413);
    }
  }

  @Test
  void refusesSlowHeadsAndSlowContent() throws IOException {
    Duration brief = Duration.ofMillis(30);
    Duration ages = Duration.ofMinutes(1);
    Options impatient = options().with(patient(brief, brief, ages, ages));
    try (RawClient client = client(impatient, service)) {
      refuses(client.send("GET / HT"), 408);
    }
    try (RawClient client = client(impatient, service)) {
      refuses(client.send(HEAD + "Content-Length: 3\r\n\r\nab"), 408);
    }
    try (RawClient silent = client(impatient, service)) {
      assertThat(silent.ended()).isTrue();
    }
  }

  @Test
  void endsIdleConnections() throws IOException {
    Duration ages = Duration.ofMinutes(1);
    Options impatient = options().with(patient(ages, ages, Duration.ofMillis(30), ages));
    try (RawClient client = client(impatient, service)) {
      assertThat(client.get("/").answer().closes()).isFalse();
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void timesTheHeadOfALaterRequest() throws IOException {
    Duration ages = Duration.ofMinutes(1);
    Options impatient = options().with(patient(Duration.ofMillis(100), ages, ages, ages));
    try (RawClient client = client(impatient, service)) {
      client.get("/").answer();
      seen.clear();
      refuses(client.send("GET / HT"), 408);
    }
  }

  @Test
  void holdsOnlySoMuchContentAtOnce() throws Exception {
    Limits tight = new Limits(8192, 32 * 1024, 100, 1000, 100);
    BlockingQueue<dev.ostiary.http.Exchange> open = new LinkedBlockingQueue<>();
    NettyServer server = server(options().with(tight), FakeService.doing(open::add));
    String post = HEAD + "Content-Length: 600\r\n\r\n" + "a".repeat(600);
    try (RawClient first = new RawClient(server.address());
        RawClient second = new RawClient(server.address());
        RawClient third = new RawClient(server.address())) {
      first.send(post);
      dev.ostiary.http.Exchange held = open.poll(10, TimeUnit.SECONDS);

      RawClient.Answer busy = second.send(post).answer();
      assertThat(busy.status()).isEqualTo(503);
      assertThat(busy.all("Retry-After")).hasSize(1);

      held.reply(Reply.of(200));
      first.answer();
      third.send(post);
      open.poll(10, TimeUnit.SECONDS).reply(Reply.of(201));
      assertThat(third.answer().status()).isEqualTo(201);
    }
  }

  @Test
  void countsWhatIsThereAndNoMoreWhileRequestsAreAnswered() throws Exception {
    BlockingQueue<dev.ostiary.http.Exchange> open = new LinkedBlockingQueue<>();
    Limits limits = new Limits(8192, 32 * 1024, 100, 20_000, 100);
    NettyServer server = server(options().with(limits), FakeService.doing(open::add));
    String post = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n12345";
    try (RawClient first = new RawClient(server.address());
        RawClient second = new RawClient(server.address())) {
      first.send(post);
      dev.ostiary.http.Exchange held = open.poll(10, TimeUnit.SECONDS);
      second.send(post);
      open.poll(10, TimeUnit.SECONDS).reply(Reply.of(201));

      assertThat(second.answer().status()).isEqualTo(201);
      held.reply(Reply.of(200));
      assertThat(first.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void takesNoMoreConnectionsThanItMay() throws IOException {
    Limits one = new Limits(8192, 32 * 1024, 100, 1000, 1);
    NettyServer server = server(options().with(one), service);
    try (RawClient first = new RawClient(server.address())) {
      first.get("/").answer();
      try (RawClient second = new RawClient(server.address())) {
        assertThat(second.ended()).isTrue();
      }
      assertThat(first.get("/").answer().status()).isEqualTo(200);
    }
  }

  @Test
  void servesOldClients() throws IOException {
    NettyServer server = server(options(), service);
    try (RawClient client = new RawClient(server.address())) {
      assertThat(client.send("GET / HTTP/1.0\r\n\r\n").answer().closes()).isTrue();
      assertThat(client.ended()).isTrue();
    }
    try (RawClient client = new RawClient(server.address())) {
      client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      assertThat(client.answer().all("Connection")).containsExactly("keep-alive");
      assertThat(client.get("/").answer().status()).isEqualTo(200);
    }
  }

  @Test
  void namesNoTwoRequestsAlike() throws Exception {
    try (RawClient client = client(service)) {
      client.get("/").answer();
      client.get("/").answer();
    }
    assertThat(seen().id()).isNotEqualTo(seen().id());
  }

  @Test
  void servesTheSameOnTheSelectorsOfTheJdk() throws IOException {
    try (EventLoops nio = EventLoops.nio(1);
        NettyServer server = NettyServer.start(options(), nio, service);
        RawClient client = new RawClient(server.address())) {
      assertThat(client.send(HEAD + "Content-Length: 2\r\n\r\nok").answer().content())
          .isEqualTo("ok");
    }
  }

  @Test
  void saysWhichAddressIsTaken() throws IOException {
    NettyServer server = server(options(), service);
    InetSocketAddress taken = server.address();
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> server(Options.at(taken, TIME), service)))
        .isInstanceOf(java.net.BindException.class)
        .hasMessage(
            "cannot listen on "
                + taken.getHostString()
                + ":"
                + taken.getPort()
                + ": address already in use");
  }
}
