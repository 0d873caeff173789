package dev.ostiary.gateway.bridge.modern;

import dev.ostiary.gateway.bridge.reply.ConversationSettings;
import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.ClientFacts;
import dev.ostiary.gateway.peer.PeerOpener;
import dev.ostiary.gateway.peer.PeerOpener.Opening;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.mcp.Era;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The conversations of modern clients with one backend: opened by a first request, shared by the
 * requests that may share one, ended when they are not used. A user has at most a share of them.
 */
final class Conversations implements Ticker.Tickable {
  private final ConversationSettings settings;
  private final PeerOpener opener;
  private final Ticker ticker;
  private final Map<Conversation.Key, Conversation> all = new HashMap<>();

  Conversations(ConversationSettings settings, PeerOpener opener, Ticker ticker) {
    this.settings = settings;
    this.opener = opener;
    this.ticker = ticker;
    ticker.add(this);
  }

  /** That of a request, which has been counted in; empty if there is no room for one. */
  Optional<Conversation> enter(Conversation.Key key, Cause cause) {
    Conversation conversation;
    List<Conversation> gone = new ArrayList<>();
    synchronized (this) {
      Conversation known = all.get(key);
      if (known != null && known.enter()) {
        return Optional.of(known);
      }
      if (known == null && !makeRoom(key.user(), gone)) {
        return Optional.empty();
      }
      conversation = new Conversation(key, ticker.now(), () -> forget(key));
      conversation.enter();
      all.put(key, conversation);
    }
    gone.forEach(Conversation::close);
    open(conversation, cause);
    return Optional.of(conversation);
  }

  private void open(Conversation conversation, Cause cause) {
    var facts = new ClientFacts(Era.MODERN, conversation.key().initialize());
    var _ =
        opener
            .open(facts, cause, conversation)
            .thenAccept(
                opened -> {
                  if (!(opened instanceof Opening.Open)) {
                    conversation.end();
                    forget(conversation);
                  }
                  conversation.opening().complete(opened);
                });
  }

  /** Whether there is room for one more of this user, after one that is not in use has gone. */
  private boolean makeRoom(Subject user, List<Conversation> gone) {
    long own = all.keySet().stream().filter(key -> key.user().equals(user)).count();
    boolean mine = own >= settings.perUser();
    if (!mine && all.size() < settings.conversations()) {
      return true;
    }
    Optional<Conversation> oldest =
        all.values().stream()
            .filter(each -> !mine || each.key().user().equals(user))
            .filter(Conversation::isIdle)
            .min(Comparator.comparing(Conversation::lastUsed))
            .filter(Conversation::endIfIdle);
    oldest.ifPresent(
        each -> {
          all.remove(each.key(), each);
          gone.add(each);
        });
    return oldest.isPresent();
  }

  private void forget(Conversation.Key key) {
    synchronized (this) {
      Conversation known = all.get(key);
      if (known != null && !known.enter()) {
        all.remove(key);
      } else if (known != null) {
        known.leave(ticker.now());
      }
    }
  }

  private synchronized void forget(Conversation conversation) {
    all.remove(conversation.key(), conversation);
  }

  @Override
  public void tick(Instant now) {
    Instant then = now.minus(settings.unused());
    end(each -> each.isUnusedSince(then) && each.endIfIdle());
  }

  void ended(GrantId grant) {
    end(each -> grant.equals(each.key().grant()));
  }

  void close() {
    ticker.remove(this);
    end(_ -> true);
  }

  private void end(Predicate<Conversation> which) {
    List<Conversation> ended;
    synchronized (this) {
      ended = all.values().stream().filter(which).toList();
      ended.forEach(each -> all.remove(each.key(), each));
    }
    ended.forEach(Conversation::close);
  }

  synchronized int size() {
    return all.size();
  }
}
