package dev.ostiary.gateway.remote;

import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.mcp.Response;
import dev.ostiary.mcp.RpcError;
import java.util.Set;

/**
 * The answer to a call of the modern era. Its servers refuse by an error with the call's id
 * (2026-07-28, Streamable HTTP, Backward Compatibility).
 */
final class ModernReply extends PassedReply {
  private static final Set<Integer> REFUSALS = Set.of(400, 404, 405);
  private static final int UNSAID = RpcError.invalidRequest("").code();
  private static final int UNKNOWN = RpcError.methodNotFound().code();

  ModernReply(CallReply client, AdmittedCall call, Doubt doubt) {
    super(client, call, doubt);
  }

  /** An error that says nothing but the status may be our own reading of it. */
  @Override
  boolean isFitting(int status, byte[] content) {
    return !REFUSALS.contains(status)
        || call().id() == null
        || Response.read(content)
            .filter(response -> response.answers(call().id()))
            .map(Response::error)
            .filter(error -> error.code() != UNSAID)
            .filter(error -> error.code() != UNKNOWN || !call().isRequest("server/discover"))
            .isPresent();
  }
}
