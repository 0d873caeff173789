package dev.ostiary.http;

/** What a binding serves. */
public interface Service {
  /**
   * Takes up a request whose head is there, and asks for its content only if it is going to use it.
   * Called on the binding's event loop, so it must not block.
   */
  void serve(Exchange exchange);
}
