package dev.ostiary.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server with a certificate of its own, on loopback, where clients publish documents. */
public final class DocumentHost implements AutoCloseable {
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, HttpHandler> pages = new ConcurrentHashMap<>();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final Queue<Map<String, List<String>>> headers = new ConcurrentLinkedQueue<>();

  public DocumentHost(TestAuthority authority) throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(authority.serving()));
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** The URL of a path, by the name that the host has in these tests. */
  public String url(String path) {
    return "https://client.example:" + address().getPort() + path;
  }

  /** What was asked for, in order. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /** The header fields of each request. */
  public List<Map<String, List<String>>> headers() {
    return List.copyOf(headers);
  }

  /** Answers with a document. */
  public void document(String path, String json) {
    page(path, exchange -> answer(exchange, 200, "application/json", bytes(json)));
  }

  public void page(String path, HttpHandler handler) {
    pages.put(path, handler);
  }

  public static void answer(HttpExchange exchange, int status, String type, byte[] content)
      throws IOException {
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(content);
    }
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void serve(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestURI().toString());
    headers.add(Map.copyOf(exchange.getRequestHeaders()));
    HttpHandler page = pages.get(exchange.getRequestURI().getPath());
    if (page == null) {
      answer(exchange, 404, "text/plain", bytes("nothing here"));
    } else {
      page.handle(exchange);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
