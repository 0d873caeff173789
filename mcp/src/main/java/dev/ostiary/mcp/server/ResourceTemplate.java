package dev.ostiary.mcp.server;

/**
 * A family of MCP resources (RFC 6570 URI template), not to be confused with OAuth's protected
 * resources.
 *
 * @param <C> what it learns about its caller
 */
public interface ResourceTemplate<C> {
  ResourceTemplateDefinition definition();

  /** Reads one. Blocks. */
  Outcome read(String uri, C caller);

  /** What came of reading. */
  sealed interface Outcome {
    /** Its content, as text of the template's media type. */
    record Found(String text) implements Outcome {}

    /** The URI is not of this family, or there is nothing there. */
    record NotFound() implements Outcome {}

    /** It could not be read; the text says why, for people. */
    record Failed(String text) implements Outcome {}

    /** The caller's sign-in no longer holds; no result is sent, but an HTTP 401. */
    record SignInAgain() implements Outcome {}
  }
}
