package dev.ostiary.gateway.policy;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What a server has said of its tools in the lists that came by: which of them change nothing
 * ({@code readOnlyHint}). The latest word counts. What goes beyond the limit is not remembered, and
 * so is not taken for harmless.
 */
public final class ToolMarks {
  private static final int LIMIT = 4096;
  private static final int NAME_LIMIT = 512;

  private final ConcurrentMap<String, Boolean> readOnly = new ConcurrentHashMap<>();

  void note(String tool, boolean only) {
    if (readOnly.containsKey(tool) || (readOnly.size() < LIMIT && tool.length() <= NAME_LIMIT)) {
      readOnly.put(tool, only);
    }
  }

  /** Null if nothing is known of the tool. */
  @Nullable Boolean readOnly(String tool) {
    return readOnly.get(tool);
  }
}
