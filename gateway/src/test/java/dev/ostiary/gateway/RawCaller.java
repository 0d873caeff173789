package dev.ostiary.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of octets on one connection. */
final class RawCaller implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  RawCaller(InetSocketAddress address) throws IOException {
    socket = new Socket();
    socket.setSoTimeout(10_000);
    socket.connect(address);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** What came back. */
  record Said(int status, List<String> fields, String content) {
    String field(String name) {
      return fields.stream()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }

    List<String> names() {
      return fields.stream()
          .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT))
          .toList();
    }

    JsonNode json() {
      return JsonMapper.shared().readTree(content);
    }

    int code() {
      return json().at("/error/code").asInt(0);
    }

    String message() {
      return json().at("/error/message").asString("");
    }
  }

  RawCaller send(String octets) throws IOException {
    socket.getOutputStream().write(octets.getBytes(ISO_8859_1));
    return this;
  }

  /** Sends a request to the guarded server. */
  RawCaller send(String method, String body, String... fields) throws IOException {
    StringBuilder head = new StringBuilder(method + " /docs/mcp HTTP/1.1\r\nHost: localhost\r\n");
    for (String field : fields) {
      head.append(field).append("\r\n");
    }
    if (method.equals("POST")) {
      head.append("Content-Type: application/json\r\nContent-Length: ")
          .append(body.length())
          .append("\r\n");
    }
    return send(head + "\r\n" + body);
  }

  Said head() throws IOException {
    String first = line();
    List<String> fields = new ArrayList<>();
    for (String field = line(); !field.isEmpty(); field = line()) {
      fields.add(field);
    }
    return new Said(Integer.parseInt(first.split(" ", 3)[1]), fields, "");
  }

  Said answer() throws IOException {
    Said head = head();
    String content = "";
    if (head.field("Transfer-Encoding").equals("chunked")) {
      StringBuilder all = new StringBuilder();
      for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
        all.append(chunk);
      }
      content = all.toString();
    } else if (!head.field("Content-Length").isEmpty()) {
      content = exactly(Integer.parseInt(head.field("Content-Length")));
    }
    return new Said(head.status(), head.fields(), content);
  }

  /** The next chunk; empty at the end. */
  String chunk() throws IOException {
    String content = exactly(Integer.parseInt(line(), 16));
    line();
    return content;
  }

  private String exactly(int length) throws IOException {
    byte[] octets = in.readNBytes(length);
    if (octets.length < length) {
      throw new EOFException("the connection ended early");
    }
    return new String(octets, ISO_8859_1);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new EOFException("the connection ended early");
      }
      line.write(octet);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  /** Whether something has come. */
  boolean hasNews() {
    try {
      return in.available() > 0;
    } catch (IOException gone) {
      return true;
    }
  }

  boolean ended() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
