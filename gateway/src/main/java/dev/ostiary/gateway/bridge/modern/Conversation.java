package dev.ostiary.gateway.bridge.modern;

import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.gateway.peer.PeerOpener.Opening;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.mcp.rpc.RpcMessage.Notification;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Subject;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What the requests of one grant, of a client that can do the same, share at the backend. */
final class Conversation implements Peer.Unsolicited {
  /**
   * Which requests share one.
   *
   * @param grant null for an access token of a foreign authorization server
   * @param initialize what the client says of itself
   */
  record Key(Subject user, ClientId client, @Nullable GrantId grant, ObjectNode initialize) {
    static Key of(Caller caller, ObjectNode initialize) {
      return new Key(caller.subject(), caller.client(), caller.ownGrant(), initialize);
    }
  }

  private final Key key;
  private final Runnable onClosed;
  private final CompletableFuture<Opening> opening = new CompletableFuture<>();
  private int running;
  private boolean over;
  private Instant lastUsed;

  /**
   * @param onClosed runs when the backend has ended it
   */
  Conversation(Key key, Instant now, Runnable onClosed) {
    this.key = key;
    this.onClosed = onClosed;
    this.lastUsed = now;
  }

  Key key() {
    return key;
  }

  CompletableFuture<Opening> opening() {
    return opening;
  }

  /** Counts one more request; false if it is over. */
  synchronized boolean enter() {
    if (over) {
      return false;
    }
    running++;
    return true;
  }

  synchronized void leave(Instant now) {
    running--;
    lastUsed = now;
  }

  /** Whether nothing has happened in it since then. */
  synchronized boolean isUnusedSince(Instant then) {
    return running == 0 && !lastUsed.isAfter(then);
  }

  synchronized boolean isIdle() {
    return running == 0;
  }

  synchronized Instant lastUsed() {
    return lastUsed;
  }

  /** Takes no more requests; false if it was over already. */
  synchronized boolean end() {
    boolean first = !over;
    over = true;
    return first;
  }

  /** Ends it if nothing goes on in it. */
  synchronized boolean endIfIdle() {
    return running == 0 && end();
  }

  void close() {
    end();
    var _ =
        opening.thenAccept(
            opened -> {
              if (opened instanceof Opening.Open(Peer peer)) {
                peer.close();
              }
            });
  }

  @Override
  public void notified(Notification notification) {} // belongs to no request of this era

  @Override
  public void asked(Peer.Question question) {}

  @Override
  public void closed(ChannelFailure failure) {
    end();
    onClosed.run();
  }
}
