package dev.ostiary.gateway.backend;

import dev.ostiary.gateway.session.BackendSession;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Request;
import dev.ostiary.mcp.Revision;
import org.jspecify.annotations.Nullable;

/**
 * What every call has beside its message.
 *
 * @param caller whose call it is
 * @param revision of MCP in which it is made
 * @param session it belongs to; null if it belongs to none
 */
public record CallHead(
    Request request, Caller caller, Revision revision, @Nullable BackendSession session) {
  /** Without what the request carries. */
  @Override
  public String toString() {
    return request.id() + " " + request.method() + " " + revision.wire();
  }
}
