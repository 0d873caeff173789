package dev.ostiary.gateway.peer;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The request that is under way for one call, which may have to be made several times. A request
 * can be answered, and the next one sent, while it is still being sent itself: the one that was
 * begun last counts, and is cancelled with the call.
 */
public final class LatestRequest {
  private Peer.@Nullable Call latest;
  private int begun;
  private boolean cancelled;

  /** Sends a request, unless the call has been cancelled. */
  public void send(Supplier<Peer.Call> request) {
    int order;
    synchronized (this) {
      if (cancelled) {
        return;
      }
      order = ++begun;
    }
    Peer.Call sent = request.get();
    boolean late;
    synchronized (this) {
      late = cancelled;
      if (order == begun) {
        latest = sent;
      }
    }
    if (late) {
      sent.cancel();
    }
  }

  /** Cancels the call: the request under way, and one that is only being sent. */
  public void cancel() {
    Peer.Call under;
    synchronized (this) {
      cancelled = true;
      under = latest;
    }
    if (under != null) {
      under.cancel();
    }
  }
}
