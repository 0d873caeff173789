package dev.ostiary.gateway.policy;

import dev.ostiary.mcp.Message.WellFormed;

/**
 * A message that a policy allows its caller to send. Only the {@link PolicyEvaluator} makes one,
 * and nothing else can be forwarded: what has not been read, or not been judged, has no way to a
 * backend.
 */
public final class Judged {
  private final WellFormed message;

  Judged(WellFormed message) {
    this.message = message;
  }

  public WellFormed message() {
    return message;
  }

  /** What was judged, octet for octet; may not be a copy. */
  public byte[] octets() {
    return message.source().toBytes();
  }
}
