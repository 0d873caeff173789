package dev.ostiary.http;

import java.net.URI;
import java.time.Duration;

/**
 * A request that we send. It is sent to exactly this address: redirects are answers like any other
 * and are not followed.
 *
 * @param timeout until the head of the answer is there
 */
public record OutboundRequest(
    String method, URI uri, Headers headers, Body.Whole body, Duration timeout) {
  /** How long a server may take unless said otherwise. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  public static OutboundRequest get(URI uri, Headers headers) {
    return new OutboundRequest("GET", uri, headers, Body.empty(), PATIENCE);
  }

  public static OutboundRequest post(URI uri, Headers headers, Body.Whole body) {
    return new OutboundRequest("POST", uri, headers, body, PATIENCE);
  }

  /** Where it goes, without the query, which may hold secrets. */
  @Override
  public String toString() {
    return method + " " + uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
  }
}
