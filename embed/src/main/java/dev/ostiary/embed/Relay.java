package dev.ostiary.embed;

import dev.ostiary.http.ConnectRoute;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on loopback for one call of the JDK's client, which cannot be told an address beside the
 * name: whatever name it is asked for, it connects to the address that was set. What passes is the
 * client's TLS with the server, which still proves its name.
 */
final class Relay implements Closeable {
  private static final int LONGEST_HEAD = 8 * 1024;

  /** A connection on which nothing passes for so long has been forgotten. */
  private static final int IDLE_MILLIS = 30_000;

  private static final String HEAD_END = "\r\n\r\n";

  private final ConnectRoute.Pinned way;
  private final int port;
  private final ServerSocket listener;
  private final List<Closeable> open = new ArrayList<>();
  private boolean closed;
  private volatile boolean unreachable;

  private Relay(ConnectRoute.Pinned way, int port, ServerSocket listener) {
    this.way = way;
    this.port = port;
    this.listener = listener;
  }

  static Relay open(ConnectRoute.Pinned way, int port) throws IOException {
    ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    listener.setSoTimeout(IDLE_MILLIS);
    Relay relay = new Relay(way, port, listener);
    relay.keep(listener);
    Thread.startVirtualThread(relay::serve);
    return relay;
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  /** Whether none of the addresses could be connected to. */
  boolean unreachable() {
    return unreachable;
  }

  private void serve() {
    try {
      Socket client = listener.accept();
      keep(client);
      client.setSoTimeout(IDLE_MILLIS);
      readHead(client.getInputStream());
      Socket server = connect();
      if (server == null) {
        unreachable = true;
        answer(client, "502 Bad Gateway");
        close();
        return;
      }
      server.setSoTimeout(IDLE_MILLIS);
      answer(client, "200 OK");
      Thread.startVirtualThread(() -> pass(server, client));
      pass(client, server);
    } catch (IOException ended) {
      close();
    }
  }

  private static void readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf(HEAD_END, Math.max(0, head.length() - HEAD_END.length())) < 0) {
      int octet = in.read();
      if (octet < 0 || head.length() == LONGEST_HEAD) {
        throw new IOException("not a request to connect");
      }
      head.append((char) octet);
    }
  }

  private static void answer(Socket client, String status) throws IOException {
    String head = "HTTP/1.1 " + status + HEAD_END;
    client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
  }

  private @Nullable Socket connect() throws IOException {
    for (InetAddress address : way.addresses()) {
      Socket socket = new Socket();
      keep(socket);
      try {
        socket.connect(new InetSocketAddress(address, port), (int) way.patience().toMillis());
        return socket;
      } catch (SocketTimeoutException | SocketException next) {
        socket.close();
      }
    }
    return null;
  }

  private void pass(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
      to.shutdownOutput();
    } catch (IOException ended) {
      close();
    }
  }

  private synchronized void keep(Closeable socket) throws IOException {
    if (closed) {
      socket.close();
      throw new IOException("the call is over");
    }
    open.add(socket);
  }

  @Override
  public synchronized void close() {
    closed = true;
    for (Closeable socket : open) {
      try {
        socket.close();
      } catch (IOException already) {
        // It is closed all the same.
      }
    }
    open.clear();
  }
}
