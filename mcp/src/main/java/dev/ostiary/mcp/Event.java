package dev.ostiary.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One server-sent event as it was sent, with the empty line that ends it (HTML Living Standard
 * §9.2.6). MCP puts one JSON-RPC message into its data.
 */
public final class Event {
  private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{1,12}");

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

  /** Its type; {@code message} unless it says otherwise. */
  public String type() {
    String type = last("event");
    return type == null || type.isEmpty() ? "message" : type;
  }

  /**
   * What it is called, so that the rest of its stream can be asked for; null if it does not say.
   */
  public @Nullable String id() {
    String id = last("id");
    return id == null || id.indexOf('\0') >= 0 ? null : id;
  }

  /** How long to wait before the rest is asked for, in milliseconds; -1 if it does not say. */
  public long retry() {
    String retry = last("retry");
    return retry != null && MILLISECONDS.matcher(retry).matches() ? Long.parseLong(retry) : -1;
  }

  /** The value of a field; of several, the last one counts. Null if it is not there. */
  private @Nullable String last(String field) {
    String found = null;
    for (String line : lines) {
      if (line.equals(field)) {
        found = "";
      } else if (line.startsWith(field) && line.charAt(field.length()) == ':') {
        String value = line.substring(field.length() + 1);
        found = value.startsWith(" ") ? value.substring(1) : value;
      }
    }
    return found;
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
