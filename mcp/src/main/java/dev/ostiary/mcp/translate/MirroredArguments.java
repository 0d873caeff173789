package dev.ostiary.mcp.translate;

import dev.ostiary.mcp.HeaderText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The arguments of a tool that its schema wants repeated in header fields: those of properties with
 * {@code x-mcp-header} (2026-07-28, Streamable HTTP, Mcp-Param).
 */
public final class MirroredArguments {
  private static final String MARK = "x-mcp-header";
  private static final int DEPTH = 16;

  private final List<Mirror> mirrors;

  private record Mirror(String field, List<String> path) {}

  private MirroredArguments(List<Mirror> mirrors) {
    this.mirrors = List.copyOf(mirrors);
  }

  /**
   * Those of a tool.
   *
   * @param tool as a list of tools has it
   */
  public static MirroredArguments of(JsonNode tool) {
    List<Mirror> mirrors = new ArrayList<>();
    collect(tool.path("inputSchema"), List.of(), mirrors);
    return new MirroredArguments(mirrors);
  }

  private static void collect(JsonNode schema, List<String> path, List<Mirror> mirrors) {
    if (path.size() > DEPTH) {
      return;
    }
    schema
        .path("properties")
        .forEachEntry(
            (name, property) -> {
              List<String> deeper = new ArrayList<>(path);
              deeper.add(name);
              JsonNode mark = property.path(MARK);
              if (mark.isString() && !mark.stringValue().isEmpty()) {
                mirrors.add(new Mirror("Mcp-Param-" + mark.stringValue(), deeper));
              }
              collect(property, deeper, mirrors);
            });
  }

  public boolean isEmpty() {
    return mirrors.isEmpty();
  }

  /** The fields for these arguments, by name; none for an argument that is absent or null. */
  public Map<String, String> fields(ObjectNode arguments) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (Mirror mirror : mirrors) {
      JsonNode value = arguments;
      for (String step : mirror.path()) {
        value = value.path(step);
      }
      text(value).ifPresent(text -> fields.put(mirror.field(), HeaderText.encode(text)));
    }
    return fields;
  }

  private static Optional<String> text(JsonNode value) {
    if (value.isString()) {
      return Optional.of(value.stringValue());
    }
    return value.isIntegralNumber() || value.isBoolean()
        ? Optional.of(value.asString())
        : Optional.empty();
  }
}
