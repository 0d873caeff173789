package dev.ostiary.gateway;

import dev.ostiary.mcp.ListFilter;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.RpcError;
import java.util.Optional;

/**
 * Shows of a list what the caller may see. A list that cannot be read is not shown at all: what
 * should have been taken out of it might still be there.
 */
final class FilteredReply implements CallReply {
  private final CallReply reply;
  private final ListFilter filter;
  private final AdmittedCall call;

  FilteredReply(CallReply reply, ListFilter filter, AdmittedCall call) {
    this.reply = reply;
    this.filter = filter;
    this.call = call;
  }

  @Override
  public void json(int status, byte[] json) {
    Optional<byte[]> filtered = filter.apply(json);
    if (filtered.isPresent()) {
      reply.json(status, filtered.get());
    } else {
      RpcError error = RpcError.internal("The server's list cannot be read");
      reply.json(502, error.toJson(call.message() instanceof Envelope one ? one.id() : null));
    }
  }

  @Override
  public void accepted() {
    reply.accepted();
  }

  @Override
  public void signInAgain() {
    reply.signInAgain();
  }

  @Override
  public void onGivenUp(Runnable action) {
    reply.onGivenUp(action);
  }
}
