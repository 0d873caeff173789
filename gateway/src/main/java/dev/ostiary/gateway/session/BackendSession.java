package dev.ostiary.gateway.session;

import dev.ostiary.mcp.Revision;

/**
 * A session of a revision before 2026-07-28, whose two ends know it by different names.
 *
 * @param clientId what the client calls it: sealed by us, of no use to another caller
 * @param backendId what the backend calls it
 */
public record BackendSession(String clientId, String backendId, Revision revision) {
  /** Neither id: they open the session. */
  @Override
  public String toString() {
    return "session of " + revision.wire();
  }
}
