package dev.ostiary.gateway.task;

import dev.ostiary.gateway.session.SessionSeal;
import dev.ostiary.gateway.token.Caller;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ids of tasks as the clients of one server know them: the backend's own, bound to the server
 * and to the grant that started the task. A task has one id for its client at all times, and that
 * is of no use to another grant.
 */
final class TaskIds {
  private static final int LONGEST = 4_096;

  /** How many started tasks are known, the latest of all grants. */
  private static final int KNOWN = 100_000;

  private final String server;
  private final SessionSeal seal;
  private final Map<String, Boolean> started =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > KNOWN;
        }
      };

  /**
   * @param server its resource
   */
  TaskIds(String server, SessionSeal seal) {
    this.server = server;
    this.seal = seal;
  }

  /** What the client calls a task. */
  String bind(String task, Caller caller) {
    return seal.bind(task, context(caller));
  }

  /** What the backend calls it; empty if it is not a task of this grant. */
  Optional<String> open(String id, Caller caller) {
    return id.length() > LONGEST ? Optional.empty() : seal.bound(id, context(caller));
  }

  /** The grant has started this task. */
  void started(String task, Caller caller) {
    synchronized (started) {
      started.put(key(task, caller), true);
    }
  }

  /** Whether that is known; not of tasks from before a restart. */
  boolean isStarted(String task, Caller caller) {
    synchronized (started) {
      return started.containsKey(key(task, caller));
    }
  }

  private String key(String task, Caller caller) {
    return context(caller) + " " + task;
  }

  private String context(Caller caller) {
    String holder =
        caller.ownGrant() == null
            ? caller.subject().value() + " " + caller.client().value()
            : caller.ownGrant().value();
    return "task " + server + " " + holder;
  }
}
