package dev.ostiary.embed;

import dev.ostiary.http.Body;
import dev.ostiary.http.ClientSettings;
import dev.ostiary.http.ConnectRoute;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Calls other servers with the JDK's own HTTP client, over HTTP/1.1. */
public final class JdkOutbound implements Outbound {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** What the JDK's client writes itself. */
  private static final Set<String> ITS_OWN =
      Set.of("connection", "content-length", "expect", "host", "upgrade");

  private final @Nullable SSLContext tls;
  private final HttpClient client;

  /** Trusts the authorities that the JDK trusts. */
  public JdkOutbound() {
    this(null, CONNECT);
  }

  /**
   * @param tls whom to trust; null for the authorities that the JDK trusts
   */
  public JdkOutbound(@Nullable SSLContext tls) {
    this(tls, CONNECT);
  }

  public JdkOutbound(ClientSettings how) {
    this(how.authorities().isEmpty() ? null : JdkTrust.context(how.authorities()), how.connect());
  }

  private JdkOutbound(@Nullable SSLContext tls, Duration connect) {
    this.tls = tls;
    this.client = client(connect).build();
  }

  private HttpClient.Builder client(Duration connect) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connect);
    return tls == null ? builder : builder.sslContext(tls);
  }

  @Override
  public CompletableFuture<Reply> send(OutboundRequest request) {
    return send(client, request, () -> {}, failure -> failure);
  }

  @Override
  public CompletableFuture<Reply> send(OutboundRequest request, ConnectRoute way) {
    if (!"https".equalsIgnoreCase(request.uri().getScheme())) {
      return CompletableFuture.failedFuture(new IOException("not an https address"));
    }
    return switch (way) {
      case ConnectRoute.Pinned pinned -> sendPinned(request, pinned);
      case ConnectRoute.Tunnelled(String host, int port, Duration patience) ->
          sendThrough(new InetSocketAddress(host, port), request, patience, () -> {}, f -> f);
    };
  }

  private CompletableFuture<Reply> sendPinned(OutboundRequest request, ConnectRoute.Pinned way) {
    int port = request.uri().getPort();
    try {
      Relay relay = Relay.open(way, port < 0 ? 443 : port);
      return sendThrough(
          relay.address(), request, way.patience(), relay::close, f -> explained(f, relay));
    } catch (IOException noRelay) {
      return CompletableFuture.failedFuture(noRelay);
    }
  }

  private static IOException explained(IOException failure, Relay relay) {
    if (!relay.unreachable()) {
      return failure;
    }
    ConnectException exception = new ConnectException("cannot reach the server");
    exception.initCause(failure);
    return exception;
  }

  /** A client of its own for one call: a client has one proxy for all of its calls. */
  private CompletableFuture<Reply> sendThrough(
      InetSocketAddress proxy,
      OutboundRequest request,
      Duration connect,
      Runnable over,
      UnaryOperator<IOException> explain) {
    HttpClient once = client(connect).proxy(ProxySelector.of(proxy)).build();
    Runnable release =
        () -> {
          once.shutdownNow();
          over.run();
        };
    return send(once, request, release, explain);
  }

  private static CompletableFuture<Reply> send(
      HttpClient client,
      OutboundRequest request,
      Runnable over,
      UnaryOperator<IOException> explain) {
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    try {
      var call = client.sendAsync(request(request), BodyHandlers.ofPublisher());
      var _ =
          call.whenComplete(
              (response, failure) -> {
                if (response != null) {
                  complete(answer, response, over);
                } else {
                  answer.completeExceptionally(explain.apply(asIoException(failure)));
                }
              });
      var _ =
          answer.whenComplete(
              (_, failure) -> {
                if (answer.isCancelled()) {
                  call.cancel(true);
                }
                if (failure != null) {
                  over.run();
                }
              });
    } catch (IllegalArgumentException notSendable) {
      over.run();
      answer.completeExceptionally(new IOException("not a request that can be sent", notSendable));
    }
    return answer;
  }

  private static HttpRequest request(OutboundRequest request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request.uri())
            .timeout(request.timeout())
            .method(
                request.method(),
                request.body().length() == 0
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(request.body().bytes()));
    request
        .headers()
        .forEach(
            (name, value) -> {
              if (!ITS_OWN.contains(name.toLowerCase(Locale.ROOT))) {
                builder.header(name, value);
              }
            });
    return builder.build();
  }

  private static void complete(
      CompletableFuture<Reply> answer,
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> response,
      Runnable over) {
    try {
      List<Headers.Field> fields = new ArrayList<>();
      response
          .headers()
          .map()
          .forEach((name, values) -> values.forEach(v -> fields.add(new Headers.Field(name, v))));
      answer.complete(
          new Reply(
              response.statusCode(),
              Headers.of(fields),
              new Body.Streamed(new Watched(new Pieces(response.body()), over))));
    } catch (IllegalArgumentException malformed) {
      answer.completeExceptionally(new IOException("the answer is not HTTP", malformed));
    }
  }

  private static IOException asIoException(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof IOException known ? known : new IOException("the call failed", cause);
  }

  /** Gives calls that are under way no time to end. */
  @Override
  public void close() {
    client.shutdownNow();
  }
}
