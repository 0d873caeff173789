package dev.ostiary.mcp;

import dev.ostiary.mcp.Message.Batch;
import dev.ostiary.mcp.Message.Envelope;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a message of the legacy era must keep to. */
final class LegacyRules {
  private final McpHeaders headers;
  private final Function<String, Optional<Revision>> versions;
  private final Function<String, Optional<Revision>> sessions;

  /**
   * @param versions by what rules a version is judged; empty if it is not served
   * @param sessions the revision of a session by its id
   */
  LegacyRules(
      McpHeaders headers,
      Function<String, Optional<Revision>> versions,
      Function<String, Optional<Revision>> sessions) {
    this.headers = headers;
    this.versions = versions;
    this.sessions = sessions;
  }

  Admission admit(Envelope envelope) {
    return Admission.isRequest(envelope, "initialize")
        ? named(Revision.UNNAMED, envelope.id())
        : inSession(envelope.id());
  }

  /** Only 2025-03-26 knows batches. */
  Admission admit(Batch batch) {
    Admission admission = inSession(null);
    if (admission instanceof Admission.Admitted(Revision revision)
        && (revision != Revision.V2025_03_26 || hasModern(batch))) {
      return new Admission.Refused(
          400, RpcError.invalidRequest("this revision has no batches"), null);
    }
    return admission;
  }

  private Admission inSession(@Nullable RawJson id) {
    String session = headers.sessionId();
    if (session == null) {
      return named(Revision.UNNAMED, id);
    }
    return sessions
        .apply(session)
        .map(revision -> named(revision, id))
        .orElseGet(() -> new Admission.Refused(404, RpcError.noSession(), id));
  }

  /** In the revision that the header names, if it names one. */
  private Admission named(Revision otherwise, @Nullable RawJson id) {
    String version = headers.protocolVersion();
    if (version == null) {
      return new Admission.Admitted(otherwise);
    }
    Optional<Revision> revision = versions.apply(version);
    return revision.isPresent()
        ? new Admission.Admitted(revision.get())
        : new Admission.Refused(400, RpcError.unsupportedVersion(version), id);
  }

  private static boolean hasModern(Batch batch) {
    return batch.messages().stream().anyMatch(envelope -> envelope.params().isModern());
  }
}
