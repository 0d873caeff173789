package dev.ostiary.mcp;

import dev.ostiary.mcp.Message.Batch;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.Kind;
import dev.ostiary.mcp.Message.WellFormed;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * In which revision a message is to be answered, or why it is not: the order of checks of the
 * specification (2026-07-28, Versioning and Streamable HTTP).
 */
public sealed interface Admission {
  /** It may be answered. */
  record Admitted(Revision revision) implements Admission {}

  /**
   * It may not.
   *
   * @param id to answer to, if there is one
   */
  record Refused(int status, RpcError error, @Nullable RawJson id) implements Admission {}

  /** For servers that keep no sessions. */
  static Admission of(WellFormed message, McpHeaders headers) {
    return of(message, headers, new LegacyRules(headers, Revision::of, _ -> Optional.empty()));
  }

  /**
   * For what is relayed to another server, which answers for the revision itself.
   *
   * @param sessions the revision of a session by its id; asked only where a session counts
   */
  static Admission relayed(
      WellFormed message, McpHeaders headers, Function<String, Optional<Revision>> sessions) {
    return message instanceof Envelope envelope
            && isRequest(envelope, "initialize")
            && !envelope.params().isModern()
        ? new Admitted(asked(envelope))
        : of(message, headers, new LegacyRules(headers, Revision::ruling, sessions));
  }

  /** An {@code initialize} says in its content, and nowhere else, which revision it asks for. */
  private static Revision asked(Envelope initialize) {
    return Optional.ofNullable(initialize.params().protocolVersion())
        .flatMap(Revision::ruling)
        .filter(revision -> !revision.isModern())
        .orElse(Revision.UNNAMED);
  }

  private static Admission of(WellFormed message, McpHeaders headers, LegacyRules legacy) {
    return switch (message) {
      case Batch batch -> legacy.admit(batch);
      case Envelope envelope when isModern(envelope, headers) ->
          ModernRules.admit(envelope, headers);
      case Envelope envelope -> legacy.admit(envelope);
    };
  }

  private static boolean isModern(Envelope envelope, McpHeaders headers) {
    if (envelope.params().isModern()) {
      return true;
    }
    String named = headers.protocolVersion();
    if (named == null) {
      return false;
    }
    Optional<Revision> revision = Revision.of(named);
    return revision.isPresent() && revision.get().isModern();
  }

  /** Whether the envelope is a request of this method. */
  static boolean isRequest(Envelope envelope, String method) {
    return envelope.kind() == Kind.REQUEST && envelope.method().equals(method);
  }
}
