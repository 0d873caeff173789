package dev.ostiary.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A proxy that connects to the same server whatever it is asked for. */
public final class StandInProxy implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final InetSocketAddress server;

  private StandInProxy(InetSocketAddress server) throws IOException {
    this.server = server;
    Thread.startVirtualThread(this::serve);
  }

  public static StandInProxy to(InetSocketAddress server) throws IOException {
    return new StandInProxy(server);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The request lines. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  private void serve() {
    try {
      while (true) {
        Socket client = listener.accept();
        Thread.startVirtualThread(() -> tunnel(client));
      }
    } catch (IOException closed) {
      // The tests are over.
    }
  }

  private void tunnel(Socket client) {
    try {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int octet = client.getInputStream().read();
        if (octet < 0) {
          throw new IOException("no request");
        }
        head.append((char) octet);
      }
      asked.add(head.substring(0, head.indexOf("\r\n")));
      Socket there = new Socket(server.getAddress(), server.getPort());
      client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Thread.startVirtualThread(() -> pass(client, there));
      pass(there, client);
    } catch (IOException ended) {
      // Its client notices.
    }
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
