package dev.ostiary.mcp.server;

/** What a server says to a message. */
public sealed interface Answer {
  /** A JSON-RPC response, or several. */
  final class Json implements Answer {
    private final int status;
    private final byte[] bytes;

    Json(int status, byte[] bytes) {
      this.status = status;
      this.bytes = bytes;
    }

    /** The HTTP status it goes with. */
    public int status() {
      return status;
    }

    /** The bytes themselves, not a copy. */
    public byte[] bytes() {
      return bytes;
    }
  }

  /** Nothing is to be said: HTTP 202 without content. */
  record Accepted() implements Answer {}

  /** The caller's sign-in no longer holds: HTTP 401 instead of any result. */
  record SignInAgain() implements Answer {}
}
