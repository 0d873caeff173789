package dev.ostiary.http.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsServer;
import dev.ostiary.http.Body;
import dev.ostiary.http.ConnectRoute;
import dev.ostiary.http.Headers;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.netty.outbound.NettyOutbound;
import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundTest extends ServerTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private NettyOutbound outbound;
  private RawServer peer;

  @BeforeEach
  void open() throws IOException {
    outbound = new NettyOutbound(loops());
    peer = new RawServer();
  }

  @AfterEach
  void closeAll() throws IOException {
    outbound.close();
    peer.close();
  }

  private static OutboundRequest get(URI uri) {
    return OutboundRequest.get(uri, Headers.none());
  }

  private CompletableFuture<Reply> whole(OutboundRequest request) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return outbound.exchange(request, 1 << 20);
          } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
          }
        });
  }

  private static String text(CompletableFuture<Reply> reply) throws Exception {
    return ((Body.Whole) reply.get(10, TimeUnit.SECONDS).body()).utf8();
  }

  /** Or a call would travel on a connection that the server is just ending. */
  @Test
  void endsAKeptConnectionBeforeItsServerDoes() throws Exception {
    CompletableFuture<Reply> reply = whole(get(peer.uri("/")));
    try (RawServer.Connection connection = peer.accept()) {
      connection.request();
      connection.send("HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 2\r\n\r\nok");

      assertThat(text(reply)).isEqualTo("ok");
      assertThat(connection.ended()).isTrue();
    }
  }

  @Test
  void sendsARequestAndReadsItsAnswer() throws Exception {
    BlockingQueue<Request> seen = new LinkedBlockingQueue<>();
    NettyServer server =
        server(
            options(),
            FakeService.doing(
                exchange -> {
                  seen.add(exchange.request());
                  exchange.reply(Reply.text(201, "hello").with("A", "b"));
                }));
    int port = server.address().getPort();
    Headers headers =
        Headers.of("Authorization", "Bearer x", "Host", "evil", "Content-Length", "99", "TE", "x");

    Reply reply =
        outbound.exchange(
            OutboundRequest.post(
                URI.create("http://localhost:" + port + "/a%2Fb?c=d%20e"),
                headers,
                Body.utf8("content")),
            100);

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.headers().first("A")).contains("b");
    assertThat(((Body.Whole) reply.body()).utf8()).isEqualTo("hello");
    Request request = seen.remove();
    assertThat(request.path()).isEqualTo("/a%2Fb");
    assertThat(request.query()).isEqualTo("c=d%20e");
    assertThat(request.body().utf8()).isEqualTo("content");
    assertThat(request.headers().all("Host")).containsExactly("localhost:" + port);
    assertThat(request.headers().all("Content-Length")).containsExactly("7");
    assertThat(request.headers().all("Authorization")).containsExactly("Bearer x");
    assertThat(request.headers().has("TE")).isFalse();
  }

  @Test
  void followsNoRedirect() throws Exception {
    NettyServer server =
        server(
            options(),
            FakeService.doing(exchange -> exchange.reply(Reply.of(302).with("Location", "/b"))));

    Reply reply =
        outbound.exchange(
            get(URI.create("http://127.0.0.1:" + server.address().getPort() + "/a")), 100);

    assertThat(reply.status()).isEqualTo(302);
    assertThat(reply.headers().first("Location")).contains("/b");
  }

  @Test
  void callsAddressesOfVersionSix() throws Exception {
    InetSocketAddress six = new InetSocketAddress(InetAddress.ofLiteral("::1"), 0);
    NettyServer server =
        server(
            Options.at(six, TIME),
            FakeService.doing(
                exchange ->
                    exchange.reply(
                        Reply.text(200, exchange.request().headers().first("Host").orElse("")))));
    int port = server.address().getPort();

    assertThat(text(whole(get(URI.create("http://[::1]:" + port + "/")))))
        .isEqualTo("[::1]:" + port);
  }

  @Test
  void namesAnotherHostOnlyWhereThatIsWanted() throws Exception {
    NettyServer server =
        server(
            options(),
            FakeService.doing(
                exchange ->
                    exchange.reply(
                        Reply.text(200, exchange.request().headers().first("Host").orElse("")))));
    URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + "/");

    try (NettyOutbound naming = NettyOutbound.namingHosts(loops())) {
      Reply told =
          naming.exchange(OutboundRequest.get(uri, Headers.of("Host", "other.example")), 100);
      Reply untold = naming.exchange(get(uri), 100);

      assertThat(((Body.Whole) told.body()).utf8()).isEqualTo("other.example");
      assertThat(((Body.Whole) untold.body()).utf8()).isEqualTo(uri.getRawAuthority());
    }
  }

  @Nested
  class Connections {
    @Test
    void carryOneCallAfterTheOther() throws Exception {
      for (String answer :
          List.of(
              OK, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")) {
        outbound.close();
        outbound = new NettyOutbound(loops());
        CompletableFuture<Reply> first = whole(get(peer.uri("/1")));
        try (RawServer.Connection connection = peer.accept()) {
          assertThat(connection.request()).startsWith("GET /1 HTTP/1.1");
          connection.send(answer);
          assertThat(text(first)).isEqualTo("ok");
          CompletableFuture<Reply> second = whole(get(peer.uri("/2")));
          assertThat(connection.request()).startsWith("GET /2 HTTP/1.1");
          connection.send("HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n" + OK);
          assertThat(text(second)).isEqualTo("ok");
        }
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
          "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
        })
    void areNotUsedAgainWhenTheServerSaidClose(String answer) throws Exception {
      CompletableFuture<Reply> first = whole(get(peer.uri("/")));
      try (RawServer.Connection connection = peer.accept()) {
        connection.request();
        connection.send(answer);
        assertThat(text(first)).isEqualTo("ok");
        assertThat(connection.ended()).isTrue();
      }
    }

    @Test
    void areReplacedOnceForAGetThatFoundThemClosed() throws Exception {
      CompletableFuture<Reply> first = whole(get(peer.uri("/")));
      try (RawServer.Connection stale = peer.accept()) {
        stale.request();
        stale.send(OK);
        text(first);
        CompletableFuture<Reply> second = whole(get(peer.uri("/again")));
        stale.request();
        stale.reset();
        try (RawServer.Connection fresh = peer.accept()) {
          assertThat(fresh.request()).startsWith("GET /again HTTP/1.1");
          fresh.send(OK);
          assertThat(text(second)).isEqualTo("ok");
        }
      }
    }

    @Test
    void areNotReplacedForAPost() throws Exception {
      CompletableFuture<Reply> first = whole(get(peer.uri("/")));
      try (RawServer.Connection stale = peer.accept()) {
        stale.request();
        stale.send(OK);
        text(first);
        CompletableFuture<Reply> second =
            outbound.send(OutboundRequest.post(peer.uri("/"), Headers.none(), Body.utf8("x")));
        stale.request();
        stale.reset();
        assertThatThrownBy(() -> second.get(10, TimeUnit.SECONDS))
            .hasCauseInstanceOf(IOException.class);
      }
    }

    @Test
    void areNotReplacedWhenTheyWereNew() throws Exception {
      CompletableFuture<Reply> first = outbound.send(get(peer.uri("/")));
      try (RawServer.Connection connection = peer.accept()) {
        connection.request();
        connection.reset();
        assertThatThrownBy(() -> first.get(10, TimeUnit.SECONDS))
            .hasCauseInstanceOf(IOException.class);
      }
    }

    @Test
    void endWithTheOutbound() throws Exception {
      CompletableFuture<Reply> open = outbound.send(get(peer.uri("/")));
      try (RawServer.Connection connection = peer.accept()) {
        connection.request();
        outbound.close();
        assertThat(connection.ended()).isTrue();
        assertThatThrownBy(() -> open.get(10, TimeUnit.SECONDS))
            .hasCauseInstanceOf(IOException.class);
        assertThat(outbound.send(get(peer.uri("/")))).isCompletedExceptionally();
      }
    }
  }

  @Nested
  class Failures {
    private Throwable failure(CompletableFuture<Reply> reply) {
      try {
        reply.get(10, TimeUnit.SECONDS);
        throw new AssertionError("it did not fail");
      } catch (ExecutionException failed) {
        return java.util.Objects.requireNonNull(failed.getCause());
      } catch (Exception other) {
        throw new AssertionError(other);
      }
    }

    @Test
    void saysWhenNobodyListens() throws Exception {
      URI uri = peer.uri("/?code=secret");
      peer.close();

      assertThat(failure(outbound.send(get(uri))))
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("127.0.0.1:" + uri.getPort())
          .hasMessageNotContaining("secret");
    }

    @Test
    void saysWhenTheNameIsUnknown() {
      assertThat(failure(outbound.send(get(URI.create("http://nowhere.invalid/")))))
          .isInstanceOf(ConnectException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1/", "http:/x", "http://user@127.0.0.1/", "/x"})
    void refusesWhatIsNotHttp(String uri) {
      assertThat(failure(outbound.send(get(URI.create(uri))))).isInstanceOf(IOException.class);
    }

    @Test
    void givesUpOnAServerThatDoesNotAnswer() throws Exception {
      OutboundRequest hasty =
          new OutboundRequest(
              "GET", peer.uri("/"), Headers.none(), Body.empty(), Duration.ofMillis(100));
      CompletableFuture<Reply> reply = outbound.send(hasty);
      try (RawServer.Connection connection = peer.accept()) {
        assertThat(failure(reply)).isInstanceOf(HttpTimeoutException.class);
        connection.request();
        assertThat(connection.ended()).isTrue();
      }
    }

    @Test
    void hangsUpWhenACallIsCancelled() throws Exception {
      CompletableFuture<Reply> reply = outbound.send(get(peer.uri("/")));
      try (RawServer.Connection connection = peer.accept()) {
        connection.request();
        reply.cancel(false);
        assertThat(connection.ended()).isTrue();
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "SSH-2.0-x\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
          "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
          "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n",
          "HTTP/1.1 200 OK\r\nA: b\0c\r\n\r\n",
        })
    void refusesAnswersThatAreNotWhatWasAskedFor(String answer) throws Exception {
      CompletableFuture<Reply> reply = outbound.send(get(peer.uri("/")));
      try (RawServer.Connection connection = peer.accept()) {
        connection.request();
        connection.send(answer);
        assertThat(failure(reply)).isInstanceOf(IOException.class);
        assertThat(connection.ended()).isTrue();
      }
    }

    @Test
    void refusesAnEndlessHeader() throws Exception {
      CompletableFuture<Reply> reply = outbound.send(get(peer.uri("/")));
      try (RawServer.Connection connection = peer.accept()) {
        connection.request();
        connection.send("HTTP/1.1 200 OK\r\nA: " + "b".repeat(70_000) + "\r\n\r\n");
        assertThat(failure(reply)).isInstanceOf(IOException.class);
      }
    }

    @Test
    void saysWhenAnAnswerBreaksOff() throws Exception {
      CompletableFuture<Reply> reply = whole(get(peer.uri("/")));
      try (RawServer.Connection connection = peer.accept()) {
        connection.request();
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf");
      }
      assertThat(failure(reply)).hasRootCauseInstanceOf(IOException.class);
    }
  }

  @Nested
  class Contents {
    private final BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

    private void read(CompletableFuture<Reply> reply) throws Exception {
      Body body = reply.get(10, TimeUnit.SECONDS).body();
      ((Body.Streamed) body)
          .source()
          .subscribe(
              new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription made) {
                  subscription.complete(made);
                }

                @Override
                public void onNext(ByteBuffer piece) {
                  pieces.add(StandardCharsets.UTF_8.decode(piece).toString());
                }

                @Override
                public void onError(Throwable failure) {
                  pieces.add("failed");
                }

                @Override
                public void onComplete() {
                  pieces.add("end");
                }
              });
    }

    private Flow.Subscription subscription() throws Exception {
      return subscription.get(10, TimeUnit.SECONDS);
    }

    @Test
    void comePieceByPieceAsTheyAreAskedFor() throws Exception {
      CompletableFuture<Reply> reply = outbound.send(get(peer.uri("/")));
      try (RawServer.Connection connection = peer.accept()) {
        connection.request();
        connection.send(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n1\r\nb\r\n");
        read(reply);
        subscription().request(1);
        assertThat(pieces.poll(10, TimeUnit.SECONDS)).isEqualTo("a");
        assertThat(pieces).isEmpty();
        subscription().request(1);
        assertThat(pieces.poll(10, TimeUnit.SECONDS)).isEqualTo("b");
        connection.send("0\r\n\r\n");
        subscription().request(1);
        assertThat(pieces.poll(10, TimeUnit.SECONDS)).isEqualTo("end");
      }
    }

    @Test
    void stopTheServerWhenNobodyReads() throws Exception {
      Pieces produced = new Pieces(4000, 16 * 1024);
      NettyServer server =
          server(
              options(),
              FakeService.answering(new Reply(200, Headers.none(), new Body.Streamed(produced))));
      int port = server.address().getPort();
      read(outbound.send(get(URI.create("http://127.0.0.1:" + port + "/"))));
      subscription().request(1);
      long before = 0;
      while (produced.requests.tryAcquire(200, TimeUnit.MILLISECONDS)) {
        before = produced.asked.get();
      }
      assertThat(before).isLessThan(4000);

      subscription().request(Long.MAX_VALUE);
      long octets = 0;
      for (String piece = pieces.take(); !piece.equals("end"); piece = pieces.take()) {
        octets += piece.length();
      }
      assertThat(octets).isEqualTo(4000L * 16 * 1024);
    }

    @Test
    @Requirement({"T-11", "T-58"})
    void passThroughAServerAtOnceAndStopWhenItsClientGoes() throws Exception {
      FakeService passing =
          FakeService.doing(
              exchange -> {
                CompletableFuture<Void> _ =
                    outbound.send(get(peer.uri("/"))).thenAccept(exchange::reply);
              });
      try (RawClient client = client(passing)) {
        client.get("/");
        try (RawServer.Connection backend = peer.accept()) {
          backend.request();
          backend.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
          assertThat(client.head().status()).isEqualTo(200);
          assertThat(client.chunk()).isEqualTo("one");
          backend.send("3\r\ntwo\r\n");
          assertThat(client.chunk()).isEqualTo("two");
          client.hangUp();
          assertThat(backend.ended()).isTrue();
        }
      }
    }

    @Test
    void endTheConnectionWhenCancelled() throws Exception {
      CompletableFuture<Reply> reply = outbound.send(get(peer.uri("/")));
      try (RawServer.Connection connection = peer.accept()) {
        connection.request();
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf");
        read(reply);
        subscription().cancel();
        assertThat(connection.ended()).isTrue();
      }
    }

    @Test
    void fromAnAnswerThatNobodyReadsDoNotKeepTheConnection() throws Exception {
      OutboundRequest hasty =
          new OutboundRequest(
              "GET", peer.uri("/"), Headers.none(), Body.empty(), Duration.ofMillis(300));
      CompletableFuture<Reply> reply = outbound.send(hasty);
      try (RawServer.Connection connection = peer.accept()) {
        connection.request();
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf");
        reply.get(10, TimeUnit.SECONDS);
        assertThat(connection.ended()).isTrue();
      }
    }

    @Test
    void endWithTheConnectionWithoutALength() throws Exception {
      CompletableFuture<Reply> reply = whole(get(peer.uri("/")));
      try (RawServer.Connection connection = peer.accept()) {
        connection.request();
        connection.send("HTTP/1.1 200 OK\r\n\r\nall of it");
      }
      assertThat(text(reply)).isEqualTo("all of it");
    }

    @Test
    void areNoneForHead() throws Exception {
      CompletableFuture<Reply> reply =
          whole(
              new OutboundRequest(
                  "HEAD", peer.uri("/"), Headers.none(), Body.empty(), Duration.ofSeconds(10)));
      try (RawServer.Connection connection = peer.accept()) {
        connection.request();
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n");
        assertThat(text(reply)).isEmpty();
      }
    }
  }

  @Nested
  class Tls {
    @TempDir private Path folder;
    private @Nullable HttpsServer server;

    private X509Certificate serve(String names) throws Exception {
      TestCertificate made = TestCertificate.of(folder, names);
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setHttpsConfigurator(made.tls());
      server.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {'o', 'k'});
            exchange.close();
          });
      server.start();
      return made.certificate();
    }

    @AfterEach
    void stop() {
      if (server != null) {
        server.stop(0);
      }
    }

    private OutboundRequest request(String host) {
      return get(URI.create("https://" + host + ":" + server.getAddress().getPort() + "/"));
    }

    private void trust(X509Certificate certificate) throws IOException {
      outbound.close();
      outbound = new NettyOutbound(loops(), List.of(certificate));
    }

    @Test
    void reachesAServerWhoseAuthorityItWasTold() throws Exception {
      trust(serve("dns:localhost,ip:127.0.0.1"));

      assertThat(text(whole(request("localhost")))).isEqualTo("ok");
      assertThat(text(whole(request("127.0.0.1")))).isEqualTo("ok");
    }

    @Test
    void refusesACertificateOfAnotherHost() throws Exception {
      trust(serve("dns:elsewhere.example"));

      assertThatThrownBy(() -> outbound.send(request("localhost")).get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(SSLException.class);
    }

    @Test
    void refusesAnUnknownAuthority() throws Exception {
      serve("dns:localhost");

      assertThatThrownBy(() -> outbound.send(request("localhost")).get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(SSLException.class);
    }

    private ConnectRoute pinned(String... addresses) {
      return new ConnectRoute.Pinned(
          Stream.of(addresses).map(InetAddress::ofLiteral).toList(), Duration.ofSeconds(2));
    }

    private Reply sent(String host, ConnectRoute way) throws Exception {
      return outbound.send(request(host), way).get(10, TimeUnit.SECONDS);
    }

    @Test
    @Requirement("A-71")
    void connectsToThePinnedAddressAndAsksForTheName() throws Exception {
      trust(serve("dns:client.example"));

      Reply reply = sent("client.example", pinned("127.0.0.1"));

      assertThat(reply.status()).isEqualTo(200);
      ((Body.Streamed) reply.body()).discard();
    }

    @Test
    void triesThePinnedAddressesInTurn() throws Exception {
      trust(serve("dns:client.example"));

      Reply reply = sent("client.example", pinned("127.0.0.9", "127.0.0.1"));

      assertThat(reply.status()).isEqualTo(200);
      ((Body.Streamed) reply.body()).discard();
    }

    @Test
    @Requirement("A-71")
    void refusesACertificateOfAnotherHostAtThePinnedAddress() throws Exception {
      trust(serve("dns:localhost,ip:127.0.0.1"));

      assertThatThrownBy(() -> sent("client.example", pinned("127.0.0.1")))
          .hasCauseInstanceOf(SSLException.class);
    }

    @Test
    void saysThatNobodyListensAtThePinnedAddress() throws Exception {
      trust(serve("dns:client.example"));

      assertThatThrownBy(() -> sent("client.example", pinned("127.0.0.9")))
          .hasCauseInstanceOf(ConnectException.class);
    }

    @Test
    @Requirement("A-71")
    void neverUsesAConnectionOfAnotherWay() throws Exception {
      trust(serve("dns:localhost"));
      assertThat(text(whole(request("localhost")))).isEqualTo("ok");

      assertThatThrownBy(() -> sent("localhost", pinned("127.0.0.9")))
          .hasCauseInstanceOf(ConnectException.class);
    }

    @Test
    void keepsToAWayOverTlsOnly() {
      URI plain = peer.uri("/");

      assertThatThrownBy(
              () -> outbound.send(get(plain), pinned("127.0.0.1")).get(10, TimeUnit.SECONDS))
          .hasRootCauseMessage("not an https address");
    }

    @Test
    void asksAProxyToConnectToTheName() throws Exception {
      trust(serve("dns:client.example"));
      BlockingQueue<String> asked = new LinkedBlockingQueue<>();
      try (FakeProxy proxy = FakeProxy.to(server.getAddress(), asked)) {
        Reply reply =
            sent(
                "client.example",
                new ConnectRoute.Tunnelled("localhost", proxy.port(), Duration.ofSeconds(2)));

        assertThat(reply.status()).isEqualTo(200);
        ((Body.Streamed) reply.body()).discard();
      }
      assertThat(asked)
          .containsExactly("CONNECT client.example:" + server.getAddress().getPort() + " HTTP/1.1");
    }

    @Test
    void saysThatAProxyDoesNotConnect() throws Exception {
      trust(serve("dns:client.example"));
      try (FakeProxy proxy = FakeProxy.refusing()) {
        ConnectRoute way =
            new ConnectRoute.Tunnelled("127.0.0.1", proxy.port(), Duration.ofSeconds(9));

        assertThatThrownBy(() -> sent("client.example", way))
            .hasCauseInstanceOf(ConnectException.class);
      }
    }
  }
}
