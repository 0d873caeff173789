package dev.ostiary.gateway.call;

/** One check of a call. {@link McpEndpoint} has them all, in order. */
interface CallCheck {
  /**
   * Lets the call {@link CallContext#pass() pass} to the next check, or answers it: once, now or
   * later, on any thread. Called on an event loop or an executor's thread; must not block unless
   * {@link CallContext#onExecutor on the executor}.
   */
  void check(CallContext call);
}
