package dev.ostiary.http.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A proxy that connects every tunnel to the same server, or none at all. */
final class FakeProxy implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final @Nullable InetSocketAddress server;
  private final Queue<String> asked;

  private FakeProxy(@Nullable InetSocketAddress server, Queue<String> asked) throws IOException {
    this.server = server;
    this.asked = asked;
    Thread.startVirtualThread(this::serve);
  }

  static FakeProxy to(InetSocketAddress server, Queue<String> asked) throws IOException {
    return new FakeProxy(server, asked);
  }

  static FakeProxy refusing() throws IOException {
    return new FakeProxy(null, new java.util.concurrent.ConcurrentLinkedQueue<>());
  }

  int port() {
    return listener.getLocalPort();
  }

  private void serve() {
    try {
      while (true) {
        tunnel(listener.accept());
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void tunnel(Socket client) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) client.getInputStream().read());
    }
    asked.add(head.substring(0, head.indexOf("\r\n")));
    if (server == null) {
      say(client, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
      client.close();
      return;
    }
    Socket there = new Socket(server.getAddress(), server.getPort());
    say(client, "HTTP/1.1 200 OK\r\n\r\n");
    Thread.startVirtualThread(() -> pass(client, there));
    Thread.startVirtualThread(() -> pass(there, client));
  }

  private static void say(Socket client, String head) throws IOException {
    client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
  }

  private static void pass(Socket from, Socket to) {
    try (to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException ended) {
      // The other direction ends with it.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
