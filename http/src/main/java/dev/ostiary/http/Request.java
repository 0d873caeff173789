package dev.ostiary.http;

import java.net.InetAddress;

/**
 * A request, or its head as long as its content has not been read. Path and query are as they were
 * sent: nothing is decoded, and the query, which may hold secrets, is printed nowhere.
 *
 * @param id names this request in replies, logs and audit events
 * @param method in upper case
 * @param path begins with a slash
 * @param query without its question mark; empty when there is none
 * @param remote who is at the other end of the connection
 */
public record Request(
    String id,
    String method,
    String path,
    String query,
    Headers headers,
    Body.Whole body,
    InetAddress remote) {

  /** This request with another remote address, as a trusted proxy reports it. */
  public Request from(InetAddress address) {
    return new Request(id, method, path, query, headers, body, address);
  }

  /** This request with the content that was read. */
  public Request with(Body.Whole content) {
    return new Request(id, method, path, query, headers, content, remote);
  }

  /** What stands after the path's last slash, as it was sent: nothing is decoded. */
  public String lastSegment() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public String toString() {
    return id + " " + method + " " + path;
  }
}
