package dev.ostiary.gateway.remote;

import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.peer.Eras;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.mcp.Era;
import dev.ostiary.mcp.InitializeResult;
import java.util.Set;

/** The answer to {@code initialize}, which servers of the modern era alone refuse. */
final class InitializeReply extends PassedReply {
  /** What says nothing about eras. */
  private static final Set<Integer> OTHER = Set.of(401, 403, 408, 413, 429);

  private final Eras eras;

  InitializeReply(CallReply client, AdmittedCall call, Eras eras, Doubt doubt) {
    super(client, call, doubt);
    this.eras = eras;
  }

  @Override
  boolean isFitting(int status, byte[] content) {
    if (status == 200 && InitializeResult.revision(content).isPresent()) {
      eras.learned(Era.LEGACY, true);
      return true;
    }
    return status >= 500 || OTHER.contains(status);
  }
}
