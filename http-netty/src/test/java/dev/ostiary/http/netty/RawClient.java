package dev.ostiary.http.netty;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client that sends exactly the octets it is told to. */
final class RawClient implements AutoCloseable {
  /** What came back. */
  record Answer(int status, List<String> fields, String content) {
    List<String> all(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ":";
      return fields.stream()
          .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(prefix))
          .map(field -> field.substring(prefix.length()).strip())
          .toList();
    }

    boolean closes() {
      return all("Connection").contains("close");
    }
  }

  private final Socket socket = new Socket();
  private final InputStream in;

  RawClient(InetSocketAddress address) throws IOException {
    this(address, 0);
  }

  RawClient(InetSocketAddress address, int receiveBuffer) throws IOException {
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setSoTimeout(10_000);
    socket.connect(address);
    in = new BufferedInputStream(socket.getInputStream());
  }

  RawClient send(String octets) throws IOException {
    socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Sends a GET of this path. */
  RawClient get(String path) throws IOException {
    return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  Answer head() throws IOException {
    String first = line();
    List<String> fields = new ArrayList<>();
    for (String field = line(); !field.isEmpty(); field = line()) {
      fields.add(field);
    }
    return new Answer(Integer.parseInt(first.split(" ", 3)[1]), fields, "");
  }

  Answer answer() throws IOException {
    Answer head = head();
    String content;
    if (head.all("Transfer-Encoding").contains("chunked")) {
      content = chunks();
    } else if (!head.all("Content-Length").isEmpty()) {
      content = exactly(Integer.parseInt(head.all("Content-Length").getFirst()));
    } else if (head.closes()) {
      content = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } else {
      content = "";
    }
    return new Answer(head.status(), head.fields(), content);
  }

  String chunk() throws IOException {
    int size = Integer.parseInt(line(), 16);
    String content = exactly(size);
    line();
    return content;
  }

  String exactly(int length) throws IOException {
    byte[] octets = in.readNBytes(length);
    if (octets.length < length) {
      throw new EOFException("the connection ended early");
    }
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  /** Whether the server has ended the connection and sent nothing more. */
  boolean ended() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketException reset) {
      return true;
    }
  }

  private String chunks() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
      all.append(chunk);
    }
    return all.toString();
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new EOFException("the connection ended early");
      }
      line.write(octet);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  void hangUp() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
