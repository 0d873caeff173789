package dev.ostiary.http.fetch;

/** A proxy that fetches go through, by CONNECT (RFC 9110 §9.3.6). It resolves the names. */
public record FetchProxy(String host, int port) {
  public FetchProxy {
    if (host.isBlank() || port < 1 || port > 65535) {
      throw new IllegalArgumentException("a proxy has a host and a port");
    }
  }
}
