package dev.ostiary.gateway.backend;

import dev.ostiary.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A GET or DELETE of an older revision that may be made: to listen to what a server says unasked,
 * to hear the rest of a stream that broke off, or to end a session (2025-11-25, Streamable HTTP).
 */
public final class AdmittedListening extends Admitted {
  private final @Nullable String lastEvent;

  /**
   * @param lastEvent what the backend calls the event after which the stream goes on; null to begin
   *     a new one
   */
  public AdmittedListening(CallHead head, @Nullable String lastEvent) {
    super(head);
    this.lastEvent = lastEvent;
  }

  /** GET or DELETE. */
  public String method() {
    return head.request().method();
  }

  @Override
  public Headers headers() {
    Headers forwarded = ForwardedFields.of(head.request().headers());
    return lastEvent == null ? forwarded : forwarded.with("Last-Event-ID", lastEvent);
  }
}
