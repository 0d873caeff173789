package dev.ostiary.gateway.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What a server has said of its tools in its lists: which of them change nothing ({@code
 * readOnlyHint}). The latest word counts. What goes beyond the limit is not remembered, and so is
 * not taken for harmless.
 */
public final class ToolMarks {
  /** How many tools of one server are known. */
  public static final int LIMIT = 4096;

  /** How long a list holds. */
  private static final Duration FRESH = Duration.ofMinutes(10);

  /** How soon a list is read again for a tool that was not in it. */
  private static final Duration AGAIN = Duration.ofSeconds(10);

  private static final int NAME_LIMIT = 512;

  private final ConcurrentMap<String, Boolean> readOnly = new ConcurrentHashMap<>();
  private volatile Instant readAt = Instant.MIN;

  /** Takes down what an entry of a list says that came by. */
  void note(String tool, boolean only) {
    if (readOnly.containsKey(tool) || (readOnly.size() < LIMIT && tool.length() <= NAME_LIMIT)) {
      readOnly.put(tool, only);
    }
  }

  /** Takes down a whole list: what is not in it is known no more. */
  public void replace(Map<String, Boolean> tools, Instant now) {
    readOnly.keySet().retainAll(tools.keySet());
    tools.forEach(this::note);
    readAt = now;
  }

  /** Null if nothing is known of the tool. */
  @Nullable Boolean readOnly(String tool) {
    return readOnly.get(tool);
  }

  /** Whether the list should be read before this tool is judged. */
  boolean isToBeRead(String tool, Instant now) {
    Duration holds = readOnly.containsKey(tool) ? FRESH : AGAIN;
    return readAt.equals(Instant.MIN) || !now.isBefore(readAt.plus(holds));
  }
}
