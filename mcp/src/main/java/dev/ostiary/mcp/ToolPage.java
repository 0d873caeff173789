package dev.ostiary.mcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A page of the answer to {@code tools/list}.
 *
 * @param nextCursor of the next page; null if there is none
 */
public record ToolPage(List<ListEntry> tools, @Nullable String nextCursor) {
  public ToolPage {
    tools = List.copyOf(tools);
  }

  /** Empty if it is none, or not clear. */
  public static Optional<ToolPage> read(byte[] response) {
    List<ListEntry> tools = new ArrayList<>();
    if (ListFilter.of(ListMethod.TOOLS, tools::add).apply(response).isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonNode result = JsonLimits.trees().readTree(response).path("result");
      JsonNode cursor = result.path("nextCursor");
      return result.path("tools").isArray()
          ? Optional.of(new ToolPage(tools, cursor.isString() ? cursor.stringValue() : null))
          : Optional.empty();
    } catch (JacksonException unclear) {
      return Optional.empty();
    }
  }
}
