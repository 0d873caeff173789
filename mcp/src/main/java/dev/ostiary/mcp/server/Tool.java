package dev.ostiary.mcp.server;

import tools.jackson.databind.node.ObjectNode;

/**
 * A tool.
 *
 * @param <C> what it learns about its caller
 */
public interface Tool<C> {
  ToolDefinition definition();

  /**
   * Does it. Blocks. The arguments conform to the input schema; a value that makes no sense is a
   * {@link Outcome.Failed}, which the model reads and may mend.
   */
  Outcome call(ObjectNode arguments, C caller);

  /** What came of a call. */
  sealed interface Outcome {
    /**
     * It worked.
     *
     * @param text the same for readers without {@code structuredContent}
     * @param structured conforms to the output schema
     */
    record Done(String text, ObjectNode structured) implements Outcome {}

    /** It did not: a result with {@code isError}. The text says what the model or user can do. */
    record Failed(String text) implements Outcome {}

    /** The caller's sign-in no longer holds; no result is sent, but an HTTP 401. */
    record SignInAgain() implements Outcome {}
  }
}
