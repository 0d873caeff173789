package dev.ostiary.gateway.bridge.translate;

import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.mcp.rpc.RpcMessage.Notification;

/** Passes on what belongs to no request, to a listener that may be replaced by a translation. */
public final class UnsolicitedRelay implements Peer.Unsolicited {
  private volatile Peer.Unsolicited to;

  public UnsolicitedRelay(Peer.Unsolicited to) {
    this.to = to;
  }

  /** The listener so far. */
  Peer.Unsolicited replace(Peer.Unsolicited by) {
    Peer.Unsolicited before = to;
    to = by;
    return before;
  }

  @Override
  public void notified(Notification notification) {
    to.notified(notification);
  }

  @Override
  public void asked(Peer.Question question) {
    to.asked(question);
  }

  @Override
  public void closed(ChannelFailure failure) {
    to.closed(failure);
  }
}
