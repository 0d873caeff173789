package dev.ostiary.gateway;

import dev.ostiary.http.Headers;
import dev.ostiary.http.Request;
import dev.ostiary.mcp.Revision;
import org.jspecify.annotations.Nullable;

/**
 * A GET or DELETE of an older revision that may be made: to listen to what a server says unasked,
 * to hear the rest of a stream that broke off, or to end a session (2025-11-25, Streamable HTTP).
 */
public final class AdmittedListening implements Admitted {
  private final Request request;
  private final Caller caller;
  private final Revision revision;
  private final @Nullable BackendSession session;
  private final @Nullable String lastEvent;

  /**
   * @param lastEvent what the backend calls the event after which the stream goes on; null to begin
   *     a new one
   */
  AdmittedListening(
      Request request,
      Caller caller,
      Revision revision,
      @Nullable BackendSession session,
      @Nullable String lastEvent) {
    this.request = request;
    this.caller = caller;
    this.revision = revision;
    this.session = session;
    this.lastEvent = lastEvent;
  }

  /** GET or DELETE. */
  public String method() {
    return request.method();
  }

  @Override
  public String requestId() {
    return request.id();
  }

  @Override
  public Caller caller() {
    return caller;
  }

  @Override
  public Revision revision() {
    return revision;
  }

  @Override
  public @Nullable BackendSession session() {
    return session;
  }

  @Override
  public Headers headers() {
    Headers forwarded = ForwardedFields.of(request.headers());
    return lastEvent == null ? forwarded : forwarded.with("Last-Event-ID", lastEvent);
  }

  @Override
  public String toString() {
    return request.id() + " " + request.method() + " " + revision.wire();
  }
}
