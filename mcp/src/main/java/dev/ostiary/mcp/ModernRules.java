package dev.ostiary.mcp;

import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.Kind;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a message of the modern era must keep to, in the order of the specification's errors. */
final class ModernRules {
  /** Those whose requests have to repeat the name. */
  private static final Set<String> NAMED = Set.of("tools/call", "prompts/get", "resources/read");

  private ModernRules() {}

  static Admission admit(Envelope envelope, McpHeaders headers) {
    RpcError error = refuse(envelope, headers);
    return error == null
        ? new Admission.Admitted(Revision.MODERN)
        : new Admission.Refused(400, error, envelope.id());
  }

  private static @Nullable RpcError refuse(Envelope envelope, McpHeaders headers) {
    if (envelope.kind() == Kind.RESPONSE) {
      return RpcError.invalidRequest("a client sends no responses");
    }
    if (envelope.kind() == Kind.NOTIFICATION) {
      return version(envelope, headers);
    }
    Params.Meta meta = envelope.params().meta();
    if (meta == null || meta.protocolVersion() == null) {
      return RpcError.invalidParams("_meta io.modelcontextprotocol/protocolVersion is missing");
    }
    if (!meta.clientCapabilities()) {
      return RpcError.invalidParams("_meta io.modelcontextprotocol/clientCapabilities is missing");
    }
    RpcError mismatch = mirrored(envelope, headers);
    return mismatch == null ? supported(meta.protocolVersion()) : mismatch;
  }

  /** A notification says its version in either place, or in both the same. */
  private static @Nullable RpcError version(Envelope envelope, McpHeaders headers) {
    Params.Meta meta = envelope.params().meta();
    String named = meta == null ? null : meta.protocolVersion();
    String field = headers.protocolVersion();
    if (named != null && field != null && !named.equals(field)) {
      return differs("MCP-Protocol-Version");
    }
    String version = named == null ? field : named;
    return version == null ? null : supported(version);
  }

  private static @Nullable RpcError supported(String version) {
    return version.equals(Revision.MODERN.wire()) ? null : RpcError.unsupportedVersion(version);
  }

  private static @Nullable RpcError mirrored(Envelope envelope, McpHeaders headers) {
    Params params = envelope.params();
    Params.Meta meta = params.meta();
    String version = meta == null ? null : meta.protocolVersion();
    RpcError error = compare("MCP-Protocol-Version", headers.protocolVersion(), version);
    if (error == null) {
      error = compare("Mcp-Method", headers.method(), envelope.method());
    }
    if (error != null) {
      return error;
    }
    String name = MirroredFields.name(envelope);
    boolean optional = !NAMED.contains(envelope.method());
    return optional && (name == null || headers.name() == null)
        ? null
        : compare("Mcp-Name", headers.name(), name);
  }

  /** What is missing in the content is no matter of headers. */
  private static @Nullable RpcError compare(
      String header, @Nullable String field, @Nullable String value) {
    if (field == null) {
      return value == null ? null : RpcError.headerMismatch(header + " is missing");
    }
    Optional<String> decoded = HeaderText.decode(field);
    if (decoded.isEmpty()) {
      return RpcError.headerMismatch(header + " is not well encoded");
    }
    return decoded.get().equals(value) ? null : differs(header);
  }

  private static RpcError differs(String header) {
    return RpcError.headerMismatch(header + " differs from the content");
  }
}
