package dev.ostiary.gateway.policy;

import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.protocol.Scopes;
import java.util.Map;

/** What is decided about a call. */
public sealed interface Verdict {
  /** It may be made. */
  record Allowed(Judged call) implements Verdict {}

  /** It may be made once the caller has more scopes. */
  record ScopeMissing(Scopes needed) implements Verdict {}

  /**
   * It may not be made, whatever the scopes.
   *
   * @param denials for each message that is refused
   */
  record Denied(Map<Envelope, Denial> denials) implements Verdict {
    public Denied {
      denials = Map.copyOf(denials);
    }
  }
}
