package dev.ostiary.gateway.call;

import dev.ostiary.http.Request;
import dev.ostiary.mcp.Admission;
import dev.ostiary.mcp.McpHeaders;
import dev.ostiary.mcp.Revision;
import dev.ostiary.mcp.RpcError;
import java.util.List;
import java.util.Optional;

/** What a GET or DELETE must keep to (2025-11-25, Streamable HTTP, Sessions and Resumability). */
final class ListeningRules {
  private ListeningRules() {}

  static Admission admit(Request request, McpHeaders headers, SessionLookup sessions) {
    String version = headers.protocolVersion();
    if (version == null) {
      return inSession(request, headers, sessions, Optional.empty());
    }
    Optional<Revision> named = Revision.ruling(version);
    if (named.isEmpty()) {
      return refused(400, RpcError.unsupportedVersion(version));
    }
    return named.get().isModern()
        ? refused(405, RpcError.invalidRequest("this revision has only POST"))
        : inSession(request, headers, sessions, named);
  }

  private static Admission inSession(
      Request request, McpHeaders headers, SessionLookup sessions, Optional<Revision> named) {
    String id = headers.sessionId();
    if (id == null) {
      // Only a session says whose stream it was.
      return request.headers().has("Last-Event-ID")
          ? refused(400, RpcError.invalidRequest("Last-Event-ID without Mcp-Session-Id"))
          : new Admission.Admitted(named.orElse(Revision.UNNAMED));
    }
    Optional<Revision> session = sessions.apply(id);
    if (session.isEmpty()) {
      return refused(404, RpcError.noSession());
    }
    return request.method().equals("GET") && !isOfSession(request, sessions)
        ? refused(400, RpcError.invalidRequest("Last-Event-ID is of no stream of this session"))
        : new Admission.Admitted(named.orElseGet(session::get));
  }

  private static boolean isOfSession(Request request, SessionLookup sessions) {
    List<String> ids = request.headers().all("Last-Event-ID");
    return ids.isEmpty() || (ids.size() == 1 && sessions.findsEvent(ids.getFirst().strip()));
  }

  private static Admission refused(int status, RpcError error) {
    return new Admission.Refused(status, error, null);
  }
}
