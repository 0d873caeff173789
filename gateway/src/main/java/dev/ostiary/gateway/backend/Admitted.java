package dev.ostiary.gateway.backend;

import dev.ostiary.gateway.session.BackendSession;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Headers;
import dev.ostiary.mcp.Revision;
import org.jspecify.annotations.Nullable;

/**
 * What may reach a backend, and everything that a backend gets to see of it. The client's access
 * token and cookies cannot be had from here.
 */
public abstract sealed class Admitted permits AdmittedCall, AdmittedListening {
  final CallHead head;

  Admitted(CallHead head) {
    this.head = head;
  }

  public final CallHead head() {
    return head;
  }

  /** Names the request in logs. */
  public final String requestId() {
    return head.request().id();
  }

  public final Caller caller() {
    return head.caller();
  }

  public final Revision revision() {
    return head.revision();
  }

  /** The session it belongs to; null if it belongs to none. */
  public final @Nullable BackendSession session() {
    return head.session();
  }

  /** The fields that another server may see: MCP's, the content's, and those of tracing. */
  public abstract Headers headers();

  @Override
  public final String toString() {
    return head.toString();
  }
}
