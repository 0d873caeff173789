package dev.ostiary.embed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An MCP server on a real socket that records every octet's worth of header it is sent. */
final class FakeMcpServer implements AutoCloseable {
  static final Reply RESULT = Reply.json(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");

  final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Function<Heard, Reply> answers;
  private final HttpServer server;

  /** A request as it came. */
  record Heard(String method, Headers headers, String body) {
    String field(String name) {
      return headers.first(name).orElse("");
    }
  }

  FakeMcpServer(Function<Heard, Reply> answers) throws IOException {
    this.answers = answers;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(threads);
    server.createContext("/mcp/", this::serve);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp/");
  }

  Heard last() {
    return heard.getLast();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      List<Headers.Field> fields = new ArrayList<>();
      exchange
          .getRequestHeaders()
          .forEach((name, all) -> all.forEach(each -> fields.add(new Headers.Field(name, each))));
      Heard request =
          new Heard(
              exchange.getRequestMethod(),
              Headers.of(fields),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      Reply reply =
          SampleDiscovery.answer(request.body())
              .orElseGet(
                  () -> {
                    heard.add(request);
                    return answers.apply(request);
                  });
      byte[] body = ((Body.Whole) reply.body()).bytes();
      reply.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
