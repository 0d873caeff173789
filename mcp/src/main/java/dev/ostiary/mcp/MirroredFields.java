package dev.ostiary.mcp;

import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.Kind;
import dev.ostiary.mcp.Message.WellFormed;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The header fields that repeat parts of a message for those who do not read it (2026-07-28,
 * Streamable HTTP): {@code Mcp-Method} and {@code Mcp-Name}. One that says something else than the
 * message could be believed instead of it.
 */
public final class MirroredFields {
  private MirroredFields() {}

  /** Whether a value of {@code Mcp-Method} says what the message says. */
  public static boolean isMethod(String field, WellFormed message) {
    return message instanceof Envelope envelope
        && envelope.kind() != Kind.RESPONSE
        && says(field, envelope.method());
  }

  /** Whether a value of {@code Mcp-Name} says what the message says. */
  public static boolean isName(String field, WellFormed message) {
    return message instanceof Envelope envelope && says(field, name(envelope));
  }

  /** What {@code Mcp-Name} is to repeat; null if there is nothing to repeat. */
  public static @Nullable String name(Envelope envelope) {
    return switch (envelope.method()) {
      case "tools/call", "prompts/get" -> envelope.params().name();
      case "resources/read" -> envelope.params().uri();
      case "tasks/get", "tasks/update", "tasks/cancel" -> envelope.params().taskId();
      default -> null;
    };
  }

  private static boolean says(String field, @Nullable String value) {
    Optional<String> decoded = HeaderText.decode(field.strip());
    return decoded.isPresent() && decoded.get().equals(value);
  }
}
