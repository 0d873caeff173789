package dev.ostiary.gateway.bridge;

import dev.ostiary.gateway.bridge.translate.Translations;
import dev.ostiary.gateway.bridge.translate.UnsolicitedRelay;
import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.Channel;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.Channels;
import dev.ostiary.gateway.peer.ClientFacts;
import dev.ostiary.gateway.peer.Eras;
import dev.ostiary.gateway.peer.LegacyPeer;
import dev.ostiary.gateway.peer.ModernPeer;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.gateway.peer.PeerOpener.Opening;
import dev.ostiary.gateway.reply.BackendErrors;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.mcp.Era;
import dev.ostiary.mcp.Revision;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.mcp.rpc.RpcMessage;
import dev.ostiary.mcp.rpc.RpcMessage.Failure;
import dev.ostiary.mcp.rpc.RpcMessage.Response;
import dev.ostiary.mcp.rpc.RpcMessage.Result;
import dev.ostiary.mcp.translate.Meta;
import dev.ostiary.mcp.translate.Welcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One conversation being opened: by {@code server/discover} or {@code initialize}, whichever suits
 * the client and what is known of the backend, and by the other one if that fails (2026-07-28,
 * Versioning, Backward Compatibility).
 */
final class PeerOpening implements Channel.Listener, Ticker.Tickable {
  private final Channels channels;
  private final Eras eras;
  private final Translations translations;
  private final Ticker ticker;
  private final ClientFacts client;
  private final Cause cause;
  private final UnsolicitedRelay unsolicited;
  private final CompletableFuture<Opening> result = new CompletableFuture<>();
  private final AtomicLong ids = new AtomicLong();
  private final Deque<Era> toTry = new ArrayDeque<>();
  private @Nullable Channel channel;
  private @Nullable Era refused;
  private volatile Channel.@Nullable Listener current;
  private volatile @Nullable Attempt attempt;

  PeerOpening(
      Channels channels,
      Eras eras,
      Translations translations,
      Ticker ticker,
      ClientFacts client,
      Cause cause,
      Peer.Unsolicited listener) {
    this.channels = channels;
    this.eras = eras;
    this.translations = translations;
    this.ticker = ticker;
    this.client = client;
    this.cause = cause;
    this.unsolicited = new UnsolicitedRelay(listener);
  }

  CompletableFuture<Opening> result() {
    return result;
  }

  void begin() {
    Era other = client.era() == Era.MODERN ? Era.LEGACY : Era.MODERN;
    boolean otherFirst = Boolean.FALSE.equals(eras.speaks(client.era()));
    toTry.addAll(otherFirst ? List.of(other, client.era()) : List.of(client.era(), other));
    ticker.add(this);
    var _ = result.whenComplete((_, _) -> ticker.remove(this));
    next(null);
  }

  /**
   * @param failure of the attempt before; null if there was none
   */
  private void next(@Nullable Failure failure) {
    Era era = toTry.poll();
    if (era == null) {
      end(failure == null ? unreadable() : new Opening.Refused(failure));
      return;
    }
    Channel over = channel;
    if (over == null) {
      over = channels.open(cause, this);
      channel = over;
    }
    switch (era) {
      case MODERN -> discover(over);
      case LEGACY -> initialize(over);
    }
  }

  private void discover(Channel over) {
    ModernPeer peer = new ModernPeer(over, ids, unsolicited);
    current = peer;
    ObjectNode params = RpcJson.object();
    Meta.stamp(params, client.initialize(), null);
    Attempt now = new Attempt(Era.MODERN, peer, channels.probing());
    attempt = now;
    peer.request("server/discover", params, cause, now);
  }

  private void initialize(Channel over) {
    LegacyPeer peer = new LegacyPeer(over, ids, cause, unsolicited);
    current = peer;
    Attempt now = new Attempt(Era.LEGACY, peer, channels.opening());
    attempt = now;
    peer.request("initialize", client.initialize().deepCopy(), cause, now);
  }

  @Override
  public void received(RpcMessage message, long about) {
    Channel.Listener to = current;
    if (to != null) {
      to.received(message, about);
    }
  }

  @Override
  public void failed(long request, ChannelFailure failure) {
    Channel.Listener to = current;
    if (to != null) {
      to.failed(request, failure);
    }
  }

  @Override
  public void closed(ChannelFailure failure) {
    Channel.Listener to = current;
    if (!result.isDone()) {
      channel = null;
    }
    if (to != null) {
      to.closed(failure);
    }
  }

  @Override
  public void tick(Instant now) {
    Attempt waiting = attempt;
    if (waiting != null && !now.isBefore(waiting.deadline)) {
      waiting.late();
    }
  }

  /** The backend is of the era that was tried. */
  private void opened(Era era, Peer peer) {
    eras.learned(era, true);
    Era other = refused;
    if (other != null) {
      eras.learned(other, false);
    }
    end(new Opening.Open(translations.adapt(peer, client, cause, unsolicited)));
  }

  private void end(Opening what) {
    attempt = null;
    boolean first = result.complete(what);
    Channel open = channel;
    if (open != null && !(first && what instanceof Opening.Open)) {
      open.close();
    }
  }

  private Opening unreadable() {
    return new Opening.Failed(
        new ChannelFailure.Unavailable(
            502, BackendErrors.unreadable(translations.server()), null, null));
  }

  /** One way of opening it. */
  private final class Attempt implements Peer.Listener {
    private final Era era;
    private final Peer peer;
    private final Instant deadline;
    private boolean over;

    Attempt(Era era, Peer peer, Duration patience) {
      this.era = era;
      this.peer = peer;
      this.deadline = ticker.now().plus(patience);
    }

    @Override
    public void answered(Response response) {
      if (!ends()) {
        return;
      }
      switch (response) {
        case Result(_, ObjectNode welcome) when isWelcome(welcome) -> {
          switch (peer) {
            case LegacyPeer legacy -> legacy.initialized(welcome);
            case ModernPeer modern -> modern.discovered(welcome);
            default -> throw new IllegalStateException("no peer of either era");
          }
          opened(era, peer);
        }
        case Result _ -> otherwise(null);
        case Failure failure -> otherwise(failure);
      }
    }

    private boolean isWelcome(ObjectNode welcome) {
      return era == Era.MODERN
          ? Welcome.isModern(welcome)
          : Revision.ruling(welcome.path("protocolVersion").asString(""))
              .filter(revision -> !revision.isModern())
              .isPresent();
    }

    private void otherwise(@Nullable Failure failure) {
      refused = era;
      next(failure);
    }

    @Override
    public void failed(ChannelFailure failure) {
      if (!ends()) {
        return;
      }
      if (failure instanceof ChannelFailure.Ended && era == Era.MODERN) {
        otherwise(null); // a program may end at what it does not know
      } else {
        end(new Opening.Failed(failure));
      }
    }

    /** To say nothing is what many legacy servers do before they are initialized. */
    void late() {
      if (!ends()) {
        return;
      }
      if (era == Era.MODERN) {
        otherwise(null);
      } else {
        RpcError late = BackendErrors.late(translations.server());
        end(new Opening.Failed(new ChannelFailure.Unavailable(504, late, null, null)));
      }
    }

    private synchronized boolean ends() {
      boolean first = !over;
      over = true;
      return first;
    }

    @Override
    public void notified(RpcMessage.Notification notification) {}

    @Override
    public void asked(Peer.Question question) {
      question.answer(
          LegacyPeer.unanswerable("nothing can be asked before initialization"), cause.unawaited());
    }
  }
}
