package dev.ostiary.gateway.policy;

import dev.ostiary.mcp.ListEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What a server has said of its tools in its lists: which of them change nothing ({@code
 * readOnlyHint}), and which can be called twice like once ({@code idempotentHint}). The latest word
 * counts. What goes beyond the limit is not remembered, and so is not taken for harmless.
 */
public final class ReadOnlyHints {
  /** How many tools of one server are known. */
  public static final int LIMIT = 4096;

  /** How long a list holds. */
  private static final Duration FRESH = Duration.ofMinutes(10);

  /** How soon a list is read again for a tool that was not in it. */
  private static final Duration AGAIN = Duration.ofSeconds(10);

  private static final int NAME_LIMIT = 512;

  private final ConcurrentMap<String, Hint> tools = new ConcurrentHashMap<>();
  private volatile Instant readAt = Instant.MIN;

  /**
   * What is known of one tool.
   *
   * @param repeatable whether calling it twice does what calling it once does
   */
  public record Hint(boolean readOnly, boolean repeatable) {
    public static Hint of(ListEntry tool) {
      boolean readOnly = Boolean.TRUE.equals(tool.readOnly());
      return new Hint(readOnly, readOnly || tool.idempotent());
    }

    /** What is true of both. */
    public Hint and(Hint other) {
      return new Hint(readOnly && other.readOnly, repeatable && other.repeatable);
    }
  }

  /** Takes down what an entry of a list says that came by. */
  void note(String tool, Hint hint) {
    if (tools.containsKey(tool) || (tools.size() < LIMIT && tool.length() <= NAME_LIMIT)) {
      tools.put(tool, hint);
    }
  }

  /** Takes down a whole list: what is not in it is known no more. */
  public void replace(Map<String, Hint> all, Instant now) {
    tools.keySet().retainAll(all.keySet());
    all.forEach(this::note);
    readAt = now;
  }

  /** Null if nothing is known of the tool. */
  @Nullable Boolean readOnly(String tool) {
    Hint hint = tools.get(tool);
    return hint == null ? null : hint.readOnly();
  }

  /** Null if nothing is known of the tool. */
  @Nullable Boolean repeatable(String tool) {
    Hint hint = tools.get(tool);
    return hint == null ? null : hint.repeatable();
  }

  /** Whether the list should be read before this tool is judged. */
  boolean isToBeRead(String tool, Instant now) {
    Duration holds = tools.containsKey(tool) ? FRESH : AGAIN;
    return readAt.equals(Instant.MIN) || !now.isBefore(readAt.plus(holds));
  }
}
