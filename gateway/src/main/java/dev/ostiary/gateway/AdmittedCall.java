package dev.ostiary.gateway;

import dev.ostiary.http.Headers;
import dev.ostiary.http.Request;
import dev.ostiary.mcp.Message;
import dev.ostiary.mcp.Revision;
import java.util.Locale;
import java.util.Set;

/**
 * A call that may be made: everything that a backend gets to see of it. The client's access token
 * and cookies cannot be had from here.
 */
public final class AdmittedCall {
  private static final Set<String> SAFE =
      Set.of(
          "accept",
          "content-type",
          "last-event-id",
          "mcp-method",
          "mcp-name",
          "mcp-protocol-version",
          "traceparent",
          "tracestate",
          "baggage");

  private final Request request;
  private final Caller caller;
  private final Message message;
  private final Revision revision;

  AdmittedCall(Request request, Caller caller, Message message, Revision revision) {
    this.request = request;
    this.caller = caller;
    this.message = message;
    this.revision = revision;
  }

  /** Names the request in logs. */
  public String requestId() {
    return request.id();
  }

  public Caller caller() {
    return caller;
  }

  public Message message() {
    return message;
  }

  public Revision revision() {
    return revision;
  }

  /** The content as it was sent; not a copy. */
  public byte[] body() {
    return request.body().bytes();
  }

  /** The fields that another server may see: MCP's, the content's, and those of tracing. */
  public Headers headers() {
    return Headers.of(
        request.headers().fields().stream().filter(field -> isSafe(field.name())).toList());
  }

  private static boolean isSafe(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SAFE.contains(lower) || lower.startsWith("mcp-param-");
  }

  @Override
  public String toString() {
    return request.id() + " " + revision.wire();
  }
}
