package dev.ostiary.gateway.peer;

import dev.ostiary.gateway.observe.BackendFailure;
import dev.ostiary.mcp.RpcError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why a backend cannot answer. */
public sealed interface ChannelFailure {
  /** The user has to sign in again, because there is no credential for the backend. */
  record SignInAgain() implements ChannelFailure {}

  /** The call was answered in the client's own reply: it was asked for more scopes. */
  record Answered() implements ChannelFailure {}

  /**
   * The conversation is over: the session is unknown to the backend, or its program has ended.
   * Another one can be begun.
   *
   * @param untouched whether the backend has refused the request before it did anything of it
   */
  record Ended(RpcError error, boolean untouched) implements ChannelFailure {}

  /**
   * Anything else.
   *
   * @param status for the client: 502, 503 or 504
   * @param retryAfter when it may work again; null if that is not known
   * @param kind for metrics; null if it has been counted
   */
  record Unavailable(
      int status, RpcError error, @Nullable Duration retryAfter, @Nullable BackendFailure kind)
      implements ChannelFailure {}
}
