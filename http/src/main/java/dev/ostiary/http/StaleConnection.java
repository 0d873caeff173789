package dev.ostiary.http;

import java.io.IOException;

/**
 * A kept connection that ended before anything of an answer came: most likely the server had closed
 * it before it saw the call, but it may have done what it was asked (RFC 9110 §9.2.2).
 */
public final class StaleConnection extends IOException {
  private static final long serialVersionUID = 1;

  public StaleConnection() {
    super("the server had ended the kept connection");
  }
}
