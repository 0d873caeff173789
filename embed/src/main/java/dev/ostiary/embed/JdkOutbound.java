package dev.ostiary.embed;

import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.Outgoing;
import dev.ostiary.http.Reply;
import java.io.IOException;
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

/** Calls other servers with the JDK's own HTTP client, over HTTP/1.1. */
public final class JdkOutbound implements Outbound {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** What the JDK's client writes itself. */
  private static final Set<String> ITS_OWN =
      Set.of("connection", "content-length", "expect", "host", "upgrade");

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT)
          .build();

  @Override
  public CompletableFuture<Reply> send(Outgoing request) {
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    try {
      var call = client.sendAsync(request(request), BodyHandlers.ofPublisher());
      var _ =
          call.whenComplete(
              (response, failure) -> {
                if (response != null) {
                  complete(answer, response);
                } else {
                  answer.completeExceptionally(asIoException(failure));
                }
              });
      var _ =
          answer.whenComplete(
              (_, _) -> {
                if (answer.isCancelled()) {
                  call.cancel(true);
                }
              });
    } catch (IllegalArgumentException notSendable) {
      answer.completeExceptionally(new IOException("not a request that can be sent", notSendable));
    }
    return answer;
  }

  private static HttpRequest request(Outgoing request) {
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
      CompletableFuture<Reply> answer, HttpResponse<Flow.Publisher<List<ByteBuffer>>> response) {
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
              new Body.Streamed(new Pieces(response.body()))));
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
