package dev.ostiary.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * A load balancer as simple as can be: each request goes to the next node whose {@code /ready} last
 * answered 200, on a connection of its own. A node that does not take the connection is passed
 * over; a request that a node has begun to read is never sent twice, but answered with 502.
 */
final class RoundRobin implements AutoCloseable {
  private static final int CHECK_MILLIS = 100;
  private static final int ANSWER_MILLIS = 30_000;

  /** The body has a character for each byte. */
  private record Reply(int status, List<Map.Entry<String, String>> headers, String body) {}

  private final List<Integer> nodes;
  private final AtomicIntegerArray ready;
  private final AtomicInteger next = new AtomicInteger();
  private final HttpServer front;
  private final Thread checks;
  private volatile boolean closed;

  private RoundRobin(List<Integer> nodes, HttpServer front) {
    this.nodes = nodes;
    this.ready = new AtomicIntegerArray(nodes.size());
    this.front = front;
    this.checks = Thread.ofVirtual().unstarted(this::check);
  }

  /** Listens at a port before nodes at other ports of this machine. */
  static RoundRobin start(int port, List<Integer> nodes) throws IOException {
    HttpServer front =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    RoundRobin proxy = new RoundRobin(List.copyOf(nodes), front);
    front.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    front.createContext("/", proxy::pass);
    front.start();
    proxy.checks.start();
    return proxy;
  }

  /** Where clients find all of them. */
  URI origin() {
    return URI.create("http://127.0.0.1:" + front.getAddress().getPort());
  }

  private void check() {
    while (!closed) {
      for (int node = 0; node < nodes.size(); node++) {
        ready.set(node, isReady(node) ? 1 : 0);
      }
      try {
        Thread.sleep(CHECK_MILLIS);
      } catch (InterruptedException stop) {
        return;
      }
    }
  }

  private boolean isReady(int node) {
    try {
      byte[] request =
          "GET /ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
              .getBytes(ISO_8859_1);
      return ask(nodes.get(node), request, new byte[0]).status() == 200;
    } catch (IOException down) {
      return false;
    }
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Reply reply = reply(head(exchange, body.length), body);
      reply
          .headers()
          .forEach(each -> exchange.getResponseHeaders().add(each.getKey(), each.getValue()));
      byte[] answer = reply.body().getBytes(ISO_8859_1);
      exchange.sendResponseHeaders(reply.status(), answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private Reply reply(byte[] head, byte[] body) {
    int first = Math.floorMod(next.getAndIncrement(), nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      int node = (first + i) % nodes.size();
      if (ready.get(node) == 1) {
        try {
          return ask(nodes.get(node), head, body);
        } catch (ConnectException refused) {
          ready.set(node, 0);
        } catch (IOException lost) {
          return new Reply(502, List.of(), "the node was lost");
        }
      }
    }
    return new Reply(503, List.of(), "no node is ready");
  }

  private static byte[] head(HttpExchange exchange, int length) {
    StringBuilder head = new StringBuilder();
    head.append(exchange.getRequestMethod())
        .append(' ')
        .append(exchange.getRequestURI())
        .append(" HTTP/1.1\r\nConnection: close\r\n");
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!List.of(
                      "connection",
                      "content-length",
                      "transfer-encoding",
                      "upgrade",
                      "http2-settings")
                  .contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(
                    value -> head.append(name).append(": ").append(value).append("\r\n"));
              }
            });
    if (length > 0) {
      head.append("Content-Length: ").append(length).append("\r\n");
    }
    return head.append("\r\n").toString().getBytes(ISO_8859_1);
  }

  private static Reply ask(int port, byte[] head, byte[] body) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      socket.setSoTimeout(ANSWER_MILLIS);
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      request.write(head);
      request.write(body);
      socket.getOutputStream().write(request.toByteArray());
      return read(socket.getInputStream());
    }
  }

  private static Reply read(InputStream in) throws IOException {
    String status = line(in);
    if (!status.startsWith("HTTP/1.1 ")) {
      throw new IOException("no answer");
    }
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    boolean chunked = false;
    int length = -1;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String[] header = line.split(": ?", 2);
      switch (header[0].toLowerCase(Locale.ROOT)) {
        case "transfer-encoding" -> chunked = true;
        case "content-length" -> length = Integer.parseInt(header[1]);
        case "connection" -> {}
        default -> headers.add(Map.entry(header[0], header[1]));
      }
    }
    byte[] body = chunked ? chunks(in) : length >= 0 ? in.readNBytes(length) : in.readAllBytes();
    if (!chunked && body.length < length) {
      throw new IOException("half an answer");
    }
    return new Reply(
        Integer.parseInt(status.substring(9, 12)), headers, new String(body, ISO_8859_1));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int length = Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
      body.write(in.readNBytes(length));
      line(in);
      if (length == 0) {
        return body.toByteArray();
      }
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the connection ended");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    closed = true;
    checks.interrupt();
    front.stop(0);
  }
}
