package dev.ostiary.gateway.observe;

/**
 * Is told what the gateway does, as it does it: on event loops and in the middle of calls, so it
 * must not block, and must be safe for many threads. Nothing it is told names a person, and no name
 * comes from a client: servers are those of the configuration, methods those of the specification,
 * tools those that a policy names or a server has listed, and only so many of them.
 */
public interface GatewayObserver {
  /** What stands for every other method or tool. */
  String OTHER = "other";

  /** Whoever wants to know nothing. */
  GatewayObserver NONE =
      new GatewayObserver() {
        @Override
        public boolean watchesCalls() {
          return false;
        }
      };

  /** Whether it wants to know of calls that were admitted; being told of them has its cost. */
  default boolean watchesCalls() {
    return true;
  }

  /**
   * A call that was admitted is over: its answer has been passed on to the end, or nothing more
   * will come of it.
   *
   * @param method of MCP; {@code batch} for several messages at once, {@code response} for an
   *     answer to the server, {@code listen} for a GET, {@code end-session} for a DELETE
   * @param tool that was called; empty if it was no call of a tool
   * @param nanoseconds since it was admitted
   */
  default void callEnded(
      String server, String method, String tool, CallOutcome outcome, long nanoseconds) {}

  /**
   * The gateway itself said no: before the call was admitted, or later in place of an answer.
   *
   * @param requestId as the answer's {@code X-Request-Id} has it
   */
  default void refused(String server, RefusalReason reason, String requestId) {}

  /** A stream of events to a client begins. */
  default void streamOpened(String server) {}

  /** A stream of events is over, however it ended. */
  default void streamClosed(String server) {}

  /** Something was wrong with what is behind. */
  default void backendFailed(String server, BackendFailure failure) {}

  /** A server failed too often in a row, and is left alone for a while. */
  default void circuitOpened(String server) {}

  /** A server that was left alone answers again. */
  default void circuitClosed(String server) {}

  /**
   * An access token came.
   *
   * @param known whether it was known to be good, so that nobody had to be asked
   */
  default void tokenLookedUp(boolean known) {}
}
