package dev.ostiary.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A backend of octets: it hears exactly what was sent, and says exactly what it is told to. */
final class RawBackend implements AutoCloseable {
  private final ServerSocket listener;

  RawBackend() throws IOException {
    this(0);
  }

  RawBackend(int port) throws IOException {
    listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    listener.setSoTimeout(10_000);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port() + "/up/mcp?key=1");
  }

  int port() {
    return listener.getLocalPort();
  }

  Peer accept() throws IOException {
    Socket socket = listener.accept();
    socket.setSoTimeout(10_000);
    return new Peer(socket, new BufferedInputStream(socket.getInputStream()));
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  /** A request as it came. */
  record Heard(List<String> lines, String body) {
    String first() {
      return lines.getFirst();
    }

    /** The names of the header fields, in lower case. */
    List<String> names() {
      return lines.stream()
          .skip(1)
          .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT))
          .toList();
    }

    String field(String name) {
      return lines.stream()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  /** One connection. */
  record Peer(Socket socket, InputStream in) implements AutoCloseable {
    Heard hear() throws IOException {
      List<String> lines = new ArrayList<>();
      for (String line = line(); !line.isEmpty(); line = line()) {
        lines.add(line);
      }
      Heard head = new Heard(lines, "");
      String length = head.field("Content-Length");
      return length.isEmpty()
          ? head
          : new Heard(lines, new String(in.readNBytes(Integer.parseInt(length)), ISO_8859_1));
    }

    private String line() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int octet = in.read(); octet != '\n' && octet >= 0; octet = in.read()) {
        line.write(octet);
      }
      return line.toString(ISO_8859_1).stripTrailing();
    }

    Peer say(String octets) throws IOException {
      socket.getOutputStream().write(octets.getBytes(ISO_8859_1));
      return this;
    }

    /** Says JSON, with further lines of the header. */
    Peer json(int status, String json, String... fields) throws IOException {
      return say(
          "HTTP/1.1 "
              + status
              + " Whatever\r\nContent-Type: application/json\r\n"
              + lines(fields)
              + "Content-Length: "
              + json.length()
              + "\r\n\r\n"
              + json);
    }

    /** Begins a stream of events. */
    Peer events(String... fields) throws IOException {
      return say(
          "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
              + lines(fields)
              + "Transfer-Encoding: chunked\r\n\r\n");
    }

    Peer chunk(String octets) throws IOException {
      return say(Integer.toHexString(octets.length()) + "\r\n" + octets + "\r\n");
    }

    private static String lines(String... fields) {
      StringBuilder lines = new StringBuilder();
      for (String field : fields) {
        lines.append(field).append("\r\n");
      }
      return lines.toString();
    }

    /** Whether the other side ends the connection without a word. */
    boolean ended() throws IOException {
      try {
        return in.read() < 0;
      } catch (SocketException reset) {
        return true;
      }
    }

    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
