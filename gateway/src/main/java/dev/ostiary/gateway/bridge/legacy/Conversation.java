package dev.ostiary.gateway.bridge.legacy;

import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.ClientFacts;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.gateway.peer.PeerOpener;
import dev.ostiary.gateway.peer.PeerOpener.Opening;
import dev.ostiary.mcp.rpc.RpcMessage;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The conversation with the backend that a session has at a time. It may end while the session goes
 * on, and is opened again, once, when it is needed.
 */
final class Conversation {
  private final PeerOpener opener;
  private final ClientFacts client;
  private final Owner owner;
  private final Queue<Use> waiting = new ArrayDeque<>();
  private State state = State.OPENING;
  private @Nullable Hearing hearing;

  private enum State {
    ASLEEP,
    OPENING,
    OPEN,
    OVER
  }

  /** Something to be done in the conversation: one of both methods is called, once. */
  interface Use {
    void with(Peer peer);

    void without(ChannelFailure failure);
  }

  /** Whose conversation it is. */
  interface Owner {
    /** Whether another conversation may be opened; its place is given back by {@link #left}. */
    boolean mayOpen();

    /** The conversation is not there any more. */
    void left();

    /**
     * A conversation was opened again.
     *
     * @return null if the session can go on in it
     */
    @Nullable ChannelFailure reopened(Peer peer, Cause cause);

    void notified(RpcMessage.Notification notification);

    void asked(Peer.Question question);

    /** The backend has ended the conversation. */
    void closed();

    /** Whether nothing goes on. */
    boolean isUnused();

    ChannelFailure full();

    ChannelFailure gone();
  }

  Conversation(PeerOpener opener, ClientFacts client, Owner owner) {
    this.opener = opener;
    this.client = client;
    this.owner = owner;
  }

  /** Opens it for the first time; what is said of it is the owner's to judge. */
  void begin(Cause cause, Consumer<Opening> then) {
    Hearing mine = new Hearing();
    synchronized (this) {
      hearing = mine;
    }
    var _ =
        opener
            .open(facts(), cause, mine)
            .thenAccept(
                opening -> {
                  if (opening instanceof Opening.Open(Peer peer) && !mine.got(peer)) {
                    peer.close();
                  }
                  then.accept(opening);
                });
  }

  /** What has been opened is good: what waits for it goes on. */
  void begun(Peer peer) {
    workOff(peer);
  }

  private ClientFacts facts() {
    return new ClientFacts(client.era(), client.initialize().deepCopy());
  }

  /** Does something in it, now or as soon as it is open. */
  void use(Cause cause, Use use) {
    Peer open = null;
    Hearing opening = null;
    boolean over;
    synchronized (this) {
      over = state == State.OVER;
      if (state == State.OPEN && hearing != null && hearing.isOpen()) {
        open = hearing.peer;
      } else if (!over) {
        if (state != State.OPENING) {
          state = State.OPENING;
          opening = new Hearing();
          hearing = opening;
        }
        waiting.add(use);
      }
    }
    if (over) {
      use.without(owner.gone());
    } else if (open != null) {
      use.with(open);
    } else if (opening != null) {
      reopen(cause, opening);
    }
  }

  private void reopen(Cause cause, Hearing mine) {
    if (!owner.mayOpen()) {
      failed(mine, owner.full());
      return;
    }
    var _ = opener.open(facts(), cause, mine).thenAccept(opening -> opened(opening, mine, cause));
  }

  private void opened(Opening opening, Hearing mine, Cause cause) {
    switch (opening) {
      case Opening.Open(Peer peer) -> {
        if (!mine.got(peer)) {
          peer.close();
          return;
        }
        ChannelFailure unfit = owner.reopened(peer, cause);
        if (unfit == null) {
          workOff(peer);
        }
      }
      case Opening.Refused _ -> {
        failed(mine, owner.gone());
        owner.left();
      }
      case Opening.Failed(ChannelFailure failure) -> {
        failed(mine, failure);
        owner.left();
      }
    }
  }

  /** In the order in which it came, before anything that comes now. */
  private void workOff(Peer peer) {
    for (Use next = next(); next != null; next = next()) {
      next.with(peer);
    }
  }

  private synchronized @Nullable Use next() {
    Use next = waiting.poll();
    if (next == null && state == State.OPENING) {
      state = State.OPEN;
    }
    return next;
  }

  private void failed(Hearing mine, ChannelFailure failure) {
    List<Use> unable;
    synchronized (this) {
      if (hearing != mine) {
        return;
      }
      hearing = null;
      state = State.ASLEEP;
      unable = List.copyOf(waiting);
      waiting.clear();
    }
    unable.forEach(use -> use.without(failure));
  }

  /** Ends it if nothing goes on in it. Returns whether it does not hold a place any more. */
  boolean sleep() {
    Peer unused;
    synchronized (this) {
      if (state != State.OPEN || !owner.isUnused()) {
        return false;
      }
      state = State.ASLEEP;
      unused = hearing == null ? null : hearing.peer;
      hearing = null;
    }
    if (unused != null) {
      unused.close();
    }
    return true;
  }

  /** Ends it for good. */
  void close() {
    Peer last;
    List<Use> unable;
    synchronized (this) {
      state = State.OVER;
      last = hearing == null ? null : hearing.peer;
      hearing = null;
      unable = List.copyOf(waiting);
      waiting.clear();
    }
    if (last != null) {
      last.close();
    }
    unable.forEach(use -> use.without(owner.gone()));
  }

  /** Hears one conversation, as long as it is the session's. */
  private final class Hearing implements Peer.Unsolicited {
    private volatile @Nullable Peer peer;

    /** Whether the conversation that was opened is still wanted. */
    boolean got(Peer opened) {
      synchronized (Conversation.this) {
        peer = opened;
        return hearing == this;
      }
    }

    boolean isOpen() {
      Peer mine = peer;
      return mine != null && mine.isOpen();
    }

    private boolean isCurrent() {
      synchronized (Conversation.this) {
        return hearing == this;
      }
    }

    @Override
    public void notified(RpcMessage.Notification notification) {
      if (isCurrent()) {
        owner.notified(notification);
      }
    }

    @Override
    public void asked(Peer.Question question) {
      if (isCurrent()) {
        owner.asked(question);
      }
    }

    @Override
    public void closed(ChannelFailure failure) {
      synchronized (Conversation.this) {
        if (hearing != this || state != State.OPEN) {
          return; // an opening that fails says so itself
        }
        hearing = null;
        state = State.ASLEEP;
      }
      owner.left();
      owner.closed();
    }
  }
}
