package dev.ostiary.gateway;

import dev.ostiary.http.Headers;
import dev.ostiary.mcp.Revision;
import org.jspecify.annotations.Nullable;

/**
 * What may reach a backend, and everything that a backend gets to see of it. The client's access
 * token and cookies cannot be had from here.
 */
public sealed interface Admitted permits AdmittedCall, AdmittedListening {
  /** Names the request in logs. */
  String requestId();

  Caller caller();

  Revision revision();

  /** The session it belongs to; null if it belongs to none. */
  @Nullable BackendSession session();

  /** The fields that another server may see: MCP's, the content's, and those of tracing. */
  Headers headers();
}
