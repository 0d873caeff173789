package dev.ostiary.mcp;

import dev.ostiary.mcp.Message.Batch;
import dev.ostiary.mcp.Message.Envelope;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a message of the legacy era must keep to where there are no sessions. */
final class LegacyRules {
  private LegacyRules() {}

  static Admission admit(Envelope envelope, McpHeaders headers) {
    if (Admission.isRequest(envelope, "initialize")) {
      return named(headers, envelope.id());
    }
    if (headers.sessionId() != null) {
      return new Admission.Refused(
          404,
          RpcError.invalidRequest("no such session; begin again with initialize"),
          envelope.id());
    }
    return named(headers, envelope.id());
  }

  /** Only 2025-03-26 knows batches. */
  static Admission admit(Batch batch, McpHeaders headers) {
    if (headers.sessionId() != null) {
      return new Admission.Refused(404, RpcError.invalidRequest("no such session"), null);
    }
    Admission admission = named(headers, null);
    if (admission instanceof Admission.Admitted(Revision revision)
        && (revision != Revision.V2025_03_26 || hasModern(batch))) {
      return new Admission.Refused(
          400, RpcError.invalidRequest("this revision has no batches"), null);
    }
    return admission;
  }

  private static Admission named(McpHeaders headers, @Nullable RawJson id) {
    String version = headers.protocolVersion();
    if (version == null) {
      return new Admission.Admitted(Revision.UNNAMED);
    }
    Optional<Revision> revision = Revision.of(version);
    return revision.isPresent()
        ? new Admission.Admitted(revision.get())
        : new Admission.Refused(400, RpcError.unsupportedVersion(version), id);
  }

  private static boolean hasModern(Batch batch) {
    for (Message message : batch.messages()) {
      if (message instanceof Envelope envelope && envelope.params().isModern()) {
        return true;
      }
    }
    return false;
  }
}
