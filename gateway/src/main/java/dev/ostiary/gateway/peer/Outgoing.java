package dev.ostiary.gateway.peer;

import dev.ostiary.gateway.policy.Judged;
import dev.ostiary.gateway.policy.PolicyEvaluator;
import dev.ostiary.http.Headers;
import dev.ostiary.mcp.Message;
import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.mcp.rpc.RpcMessage;

/**
 * A message on its way to a backend. It asks for nothing that the policy has not allowed its cause.
 *
 * @param judged the same message, as it is sent
 * @param fields header fields that go with it where the channel has such: {@code Mcp-Param-*} and
 *     those of tracing
 */
public record Outgoing(RpcMessage message, Judged judged, Cause cause, Headers fields) {
  /**
   * @throws IllegalStateException if it asks for more than was allowed
   */
  public static Outgoing of(RpcMessage message, Cause cause, Headers fields) {
    if (!(Message.scan(message.toJson()) instanceof WellFormed wellFormed)) {
      throw new IllegalStateException("a message that cannot be read again");
    }
    return new Outgoing(
        message, PolicyEvaluator.translated(wellFormed, cause.judged()), cause, fields);
  }

  /** As it is sent, without line feeds; not a copy. */
  public byte[] octets() {
    return judged.octets();
  }
}
