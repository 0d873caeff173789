package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class JdkOutboundTest {
  private static final int LIMIT = 1_000_000;

  private final JdkOutbound outbound = new JdkOutbound();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch patience = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/echo", JdkOutboundTest::echo);
    server.createContext("/elsewhere", exchange -> redirect(exchange));
    server.createContext("/never", exchange -> patience.countDown());
    server.createContext("/large", exchange -> large(exchange));
    server.start();
  }

  @AfterEach
  void stop() {
    outbound.close();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void sendsMethodFieldsAndContent() throws IOException {
    Reply reply =
        outbound.exchange(
            OutboundRequest.post(
                at("/echo"),
                Headers.of("X-One", "1", "Host", "other.example.com", "Content-Length", "99"),
                Body.utf8("hello")),
            LIMIT);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers().first("x-answer")).contains("yes");
    assertThat(FakeExchange.text(reply)).isEqualTo("POST 1 hello");
  }

  @Test
  void followsNoRedirect() throws IOException {
    Reply reply = outbound.exchange(OutboundRequest.get(at("/elsewhere"), Headers.none()), LIMIT);

    assertThat(reply.status()).isEqualTo(302);
    assertThat(reply.headers().first("Location")).contains("/echo");
  }

  @Test
  void readsALongAnswerToItsEnd() throws IOException {
    Reply reply = outbound.exchange(OutboundRequest.get(at("/large"), Headers.none()), LIMIT);

    assertThat(FakeExchange.text(reply)).hasSize(500_000).matches("x+");
  }

  @Test
  void handsOverPiecesOnDemandOnly() throws Exception {
    Reply reply = outbound.send(OutboundRequest.get(at("/large"), Headers.none())).get();
    OneByOne reader = new OneByOne();
    ((Body.Streamed) reply.body()).source().subscribe(reader);

    assertThat(reader.total.get(10, TimeUnit.SECONDS)).isEqualTo(500_000);
    assertThat(reader.pieces).isGreaterThan(1);
  }

  @Test
  void refusesMoreThanTheLimit() {
    assertThatThrownBy(
            () -> outbound.exchange(OutboundRequest.get(at("/large"), Headers.none()), 1000))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("larger than 1000 bytes");
  }

  @Test
  void waitsNoLongerThanItIsTold() {
    OutboundRequest impatient =
        new OutboundRequest(
            "GET", at("/never"), Headers.none(), Body.empty(), Duration.ofMillis(300));

    assertThatThrownBy(() -> outbound.exchange(impatient, LIMIT))
        .isInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void givesUpACallThatIsCancelled() throws Exception {
    CompletableFuture<Reply> call =
        outbound.send(OutboundRequest.get(at("/never"), Headers.none()));
    patience.await();

    call.cancel(true);

    assertThat(call).isCancelled();
  }

  @Test
  void saysThatNobodyListens() throws IOException {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    }

    assertThatThrownBy(() -> outbound.exchange(OutboundRequest.get(nobody, Headers.none()), LIMIT))
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void refusesAnAddressItCannotCall() {
    assertThatThrownBy(
            () ->
                outbound.exchange(
                    OutboundRequest.get(URI.create("ftp://example.com/"), Headers.none()), LIMIT))
        .isInstanceOf(IOException.class)
        .hasMessage("not a request that can be sent");
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static void echo(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String answer =
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestHeaders().getFirst("X-One")
            + " "
            + body;
    exchange.getResponseHeaders().add("X-Answer", "yes");
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static void redirect(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Location", "/echo");
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private static void large(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write("x".repeat(500_000).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static final class OneByOne implements Flow.Subscriber<ByteBuffer> {
    private final CompletableFuture<Integer> total = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private boolean asked;
    private int pieces;
    private int sum;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      next();
    }

    @Override
    public void onNext(ByteBuffer piece) {
      if (!asked) {
        total.completeExceptionally(new AssertionError("a piece nobody asked for"));
      }
      asked = false;
      pieces++;
      sum += piece.remaining();
      next();
    }

    private void next() {
      asked = true;
      Objects.requireNonNull(subscription).request(1);
    }

    @Override
    public void onError(Throwable failure) {
      total.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      total.complete(sum);
    }
  }
}
