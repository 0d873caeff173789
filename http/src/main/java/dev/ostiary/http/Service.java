package dev.ostiary.http;

/** What a binding serves. */
public interface Service {
  /**
   * The largest content, in bytes, that a request to this path may bring; the binding answers 413
   * to more, before it has read it.
   */
  int bodyLimit(String method, String path);

  /** Takes up a request. Called on the binding's event loop, so it must not block. */
  void serve(Exchange exchange);
}
