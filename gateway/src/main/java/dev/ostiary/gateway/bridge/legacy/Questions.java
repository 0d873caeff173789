package dev.ostiary.gateway.bridge.legacy;

import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.mcp.rpc.RpcMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the backend asks the client of one session: each question gets an id of ours, is sent on one
 * stream, and is answered once, by the client or with an error.
 */
final class Questions {
  /** How many may be open in one session. */
  static final int LIMIT = 64;

  private final Session session;
  private final Duration waiting;
  private final Duration patience;
  private final Map<String, Open> open = new ConcurrentHashMap<>();
  private final AtomicLong last = new AtomicLong();

  /**
   * @param waiting how long a question may wait for a stream
   * @param patience how long a client may take to answer
   */
  Questions(Session session, Duration waiting, Duration patience) {
    this.session = session;
    this.waiting = waiting;
    this.patience = patience;
  }

  /**
   * Asks the client.
   *
   * @param about the request because of which it is asked; null if there is none
   */
  void ask(Peer.Question question, @Nullable RunningRequest about) {
    String id = "ostiary-" + last.incrementAndGet();
    Open asked = new Open(question, about, session.now());
    if (open.size() >= LIMIT) {
      asked.fail("The client has too many open questions");
      return;
    }
    asked.begin();
    open.put(id, asked);
    byte[] json =
        new RpcMessage.Request(
                JsonNodeFactory.instance.stringNode(id), question.method(), question.params())
            .toJson();
    if (about == null) {
      session
          .listening()
          .ask(json, id, asked.since.plus(waiting), () -> fail(id, "The client does not listen"));
    } else if (!about.send(json) && !session.listening().write(json)) {
      fail(id, "The client takes no questions: it accepts JSON only, and has no GET stream open");
    }
    question.onCancelled(() -> withdraw(id));
  }

  /** What the client says in answer to one of them; others are dropped. */
  void answer(RpcMessage.Response response, Cause cause) {
    Open asked = response.id() == null ? null : remove(response.id().asString(""));
    if (asked != null) {
      asked.question.answer(response, cause);
    }
  }

  /** Answers those with an error that have been open for too long. */
  void tick(Instant now) {
    open.forEach(
        (id, asked) -> {
          if (Duration.between(asked.since, now).compareTo(patience) >= 0) {
            fail(id, "The client did not answer in time");
          }
        });
  }

  /** Answers all of this request, or all at all, with an error. */
  void end(@Nullable RunningRequest about) {
    for (String id : List.copyOf(open.keySet())) {
      Open asked = open.get(id);
      if (asked != null && (about == null || asked.about == about)) {
        fail(id, "The client does not wait for the answer any more");
      }
    }
  }

  int size() {
    return open.size();
  }

  /** The backend does not want to know any more. */
  private void withdraw(String id) {
    Open asked = remove(id);
    if (asked == null || session.listening().takeBack(id)) {
      return;
    }
    ObjectNode params = RpcJson.object().put("requestId", id);
    byte[] json = new RpcMessage.Notification("notifications/cancelled", params).toJson();
    if (asked.about == null || !asked.about.send(json)) {
      session.listening().deliver(json);
    }
  }

  private void fail(String id, String why) {
    Open asked = remove(id);
    if (asked != null) {
      asked.fail(why);
    }
  }

  private @Nullable Open remove(String id) {
    Open asked = open.remove(id);
    if (asked != null) {
      asked.done();
    }
    return asked;
  }

  private final class Open {
    private final Peer.Question question;
    private final @Nullable RunningRequest about;
    private final Instant since;

    Open(Peer.Question question, @Nullable RunningRequest about, Instant since) {
      this.question = question;
      this.about = about;
      this.since = since;
    }

    void begin() {
      if (about != null) {
        about.questionOpened();
      }
    }

    void done() {
      if (about != null) {
        about.questionClosed();
      }
    }

    void fail(String why) {
      Cause cause = about == null ? session.cause() : about.cause().unawaited();
      question.answer(RpcMessage.Failure.of(null, RpcError.internal(why)), cause);
    }
  }
}
