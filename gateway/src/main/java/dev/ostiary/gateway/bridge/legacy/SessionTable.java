package dev.ostiary.gateway.bridge.legacy;

import dev.ostiary.gateway.bridge.reply.ConversationSettings;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one server on this node. A session without a conversation costs little, and lives
 * on; conversations are limited, and an unused one makes room for a new one.
 */
final class SessionTable {
  /** So many sessions are kept for each conversation that may be open. */
  private static final int KEPT = 8;

  /** How long a conversation of another user has to be unused before it makes room. */
  private static final Duration REST = Duration.ofMinutes(1);

  private final ConversationSettings settings;
  private final Ticker ticker;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private final Set<Session> open = new HashSet<>();
  private boolean over;

  SessionTable(ConversationSettings settings, Ticker ticker) {
    this.settings = settings;
    this.ticker = ticker;
  }

  Instant now() {
    return ticker.now();
  }

  /** The session with this id of ours, if it is this caller's. */
  @Nullable Session find(String id, Caller caller) {
    Session found = sessions.get(id);
    return found != null && !found.isOver() && found.isOf(caller) ? found : null;
  }

  /** Takes up a session that is about to open a conversation; false if there is no room. */
  boolean add(Session session) {
    if (!admit(session)) {
      return false;
    }
    sessions.put(session.id(), session);
    synchronized (this) {
      if (over) {
        open.remove(session);
        sessions.remove(session.id());
        return false;
      }
    }
    forgetOldest(session.owner().subject());
    return true;
  }

  /** Whether a session may open a conversation; makes room if it can. */
  synchronized boolean admit(Session session) {
    if (over) {
      return false;
    }
    if (open.contains(session)) {
      return true;
    }
    Subject user = session.owner().subject();
    while (of(user).count() >= settings.perUser()) {
      if (!sleepOldest(of(user))) {
        return false;
      }
    }
    Instant rested = now().minus(REST);
    while (open.size() >= settings.conversations()) {
      if (!sleepOldest(of(user))
          && !sleepOldest(open.stream().filter(each -> each.lastUsed().isBefore(rested)))) {
        return false;
      }
    }
    return open.add(session);
  }

  private Stream<Session> of(Subject user) {
    return open.stream().filter(each -> each.owner().subject().equals(user));
  }

  /** Ends the conversation of the one that has been unused for the longest time. */
  private boolean sleepOldest(Stream<Session> some) {
    List<Session> byAge =
        some.filter(Session::isUnused).sorted(Comparator.comparing(Session::lastUsed)).toList();
    for (Session oldest : byAge) {
      if (oldest.sleep()) {
        open.remove(oldest);
        return true;
      }
    }
    return false;
  }

  /** Sessions that clients have left behind without a word are not kept without limit. */
  private void forgetOldest(Subject user) {
    List<Session> own =
        sessions.values().stream().filter(each -> each.owner().subject().equals(user)).toList();
    if (own.size() > KEPT * settings.perUser()) {
      forgetOldest(own);
    } else if (sessions.size() > KEPT * settings.conversations()) {
      forgetOldest(List.copyOf(sessions.values()));
    }
  }

  private static void forgetOldest(List<Session> some) {
    some.stream()
        .filter(Session::isUnused)
        .min(Comparator.comparing(Session::lastUsed))
        .ifPresent(Session::end);
  }

  /** Its conversation is not there any more. */
  synchronized void left(Session session) {
    open.remove(session);
  }

  /** Forgets a session; false if that has happened. */
  boolean remove(Session session) {
    left(session);
    return sessions.remove(session.id(), session);
  }

  /** Ends the sessions of a grant. */
  void ended(GrantId grant) {
    for (Session each : all()) {
      if (grant.equals(each.owner().ownGrant())) {
        each.end();
      }
    }
  }

  /** Ends all sessions, and there are no others. */
  void close() {
    synchronized (this) {
      over = true;
    }
    all().forEach(Session::end);
  }

  void tick(Instant now) {
    all().forEach(session -> session.tick(now));
  }

  private List<Session> all() {
    return new ArrayList<>(sessions.values());
  }
}
