package dev.ostiary.gateway.observe;

/**
 * Receives events of the gateway, for metrics and the audit log. Its methods are called on event
 * loops, from many threads: they must be thread-safe and must not block. No argument identifies a
 * user, and none is a name that a client made up: servers are those of the configuration, methods
 * those of the specification, tools those that a policy names or a server has listed, up to a
 * limit.
 */
public interface GatewayObserver {
  /** The name that all unknown methods and tools are counted under. */
  String OTHER = "other";

  /** An observer that ignores everything. */
  GatewayObserver NONE =
      new GatewayObserver() {
        @Override
        public boolean watchesCalls() {
          return false;
        }
      };

  /** Whether {@link #callEnded} is to be called; measuring calls costs time. */
  default boolean watchesCalls() {
    return true;
  }

  /**
   * An admitted call has ended: its answer was relayed to the end, or the call failed, was refused
   * or was cancelled.
   *
   * @param method of MCP; {@code batch} for several messages at once, {@code response} for an
   *     answer to the server, {@code listen} for a GET, {@code end-session} for a DELETE
   * @param tool that was called; empty for any other method
   * @param nanoseconds since it was admitted
   */
  default void callEnded(
      String server, String method, String tool, CallOutcome outcome, long nanoseconds) {}

  /**
   * The gateway refused a call: before it was admitted, or later in place of its answer.
   *
   * @param requestId as the answer's {@code X-Request-Id} has it
   */
  default void refused(String server, RefusalReason reason, String requestId) {}

  /** A stream of events to a client was opened. */
  default void streamOpened(String server) {}

  /** A stream of events to a client has ended, for any reason. */
  default void streamClosed(String server) {}

  /** A backend failed a call. */
  default void backendFailed(String server, BackendFailure failure) {}

  /** The circuit breaker of a server opened. */
  default void circuitOpened(String server) {}

  /** The circuit breaker of a server closed: the server answers again. */
  default void circuitClosed(String server) {}

  /** A program was started for a server. */
  default void childStarted(String server) {}

  /** A program of a server has ended, for any reason. */
  default void childEnded(String server) {}

  /**
   * An access token was looked up in the cache.
   *
   * @param known whether it was there, so that it was not verified again
   */
  default void tokenLookedUp(boolean known) {}
}
