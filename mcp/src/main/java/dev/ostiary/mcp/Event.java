package dev.ostiary.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/**
 * One server-sent event as it was sent, with the empty line that ends it (HTML Living Standard
 * §9.2.6). MCP puts one JSON-RPC message into its data.
 */
public final class Event {
  private final List<String> lines;

  private Event(List<String> lines) {
    this.lines = lines;
  }

  /** Reads one event whose end has been seen. */
  public static Event read(byte[] octets) {
    return new Event(new String(octets, UTF_8).lines().filter(line -> !line.isEmpty()).toList());
  }

  /** An event of the usual type. */
  public static byte[] message(byte[] json) {
    return new Event(List.of("event: message")).with(json);
  }

  /** Its data; empty if it has none. */
  public byte[] data() {
    List<String> parts = new ArrayList<>();
    for (String line : lines) {
      if (isData(line)) {
        String value = line.substring(Math.min(line.length(), "data:".length()));
        parts.add(value.startsWith(" ") ? value.substring(1) : value);
      }
    }
    return String.join("\n", parts).getBytes(UTF_8);
  }

  /** The same event with other data: its id, type and the rest stay. */
  public byte[] with(byte[] data) {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      if (!isData(line)) {
        text.append(line).append('\n');
      }
    }
    new String(data, UTF_8)
        .lines()
        .forEach(line -> text.append("data: ").append(line).append('\n'));
    return text.append('\n').toString().getBytes(UTF_8);
  }

  private static boolean isData(String line) {
    return line.startsWith("data:") || line.equals("data");
  }
}
