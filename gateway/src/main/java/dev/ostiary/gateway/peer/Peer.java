package dev.ostiary.gateway.peer;

import dev.ostiary.mcp.Era;
import dev.ostiary.mcp.rpc.RpcMessage;
import tools.jackson.databind.node.ObjectNode;

/**
 * A backend in one conversation. All of it is in one era, whichever the backend really speaks: the
 * methods, parameters, results and errors. Ids and progress tokens are the caller's own. No method
 * blocks, and nothing throws.
 */
public interface Peer {
  Era era();

  /**
   * What the backend says of itself: the result of {@code initialize} in the legacy era, of {@code
   * server/discover} in the modern one. Not a copy.
   */
  ObjectNode welcome();

  /**
   * Sends a request.
   *
   * @param params handed over; with {@code _meta} in the modern era
   * @param listener hears what comes of it, up to one {@code answered} or {@code failed}
   */
  Call request(String method, ObjectNode params, Cause cause, Listener listener);

  /** Sends a notification. */
  void notify(String method, ObjectNode params, Cause cause);

  /** Begins to hear what the backend says unasked (legacy era). */
  void listen(Cause cause);

  /** Whether it can still be used. */
  boolean isOpen();

  /** Ends the conversation. Its listeners hear nothing more. */
  void close();

  /** A request that is under way. */
  interface Call {
    /** Gives it up: the backend is told so, and the listener hears nothing more. */
    void cancel();
  }

  /** Hears what comes of one request, in order and on any thread. Must not block. */
  interface Listener {
    /**
     * The backend tells something about this request: progress, or a line of its log. Not heard,
     * unless this is implemented.
     */
    default void notified(RpcMessage.Notification notification) {}

    /**
     * The backend wants something of the client before it goes on (legacy era). Not heard, unless
     * this is implemented.
     */
    default void asked(Question question) {}

    /** The end: a result or an error, with any id. */
    void answered(RpcMessage.Response response);

    /** The end: no answer will come. */
    void failed(ChannelFailure failure);
  }

  /** Hears what belongs to no request. Must not block. */
  interface Unsolicited {
    void notified(RpcMessage.Notification notification);

    void asked(Question question);

    /** The conversation is over. Requests under way have been told. */
    void closed(ChannelFailure failure);
  }

  /** A request of the backend to the client: {@code sampling/createMessage} and the like. */
  interface Question {
    String method();

    ObjectNode params();

    /** Answers it; only the first answer counts. The response may have any id. */
    void answer(RpcMessage.Response response, Cause cause);

    /** Runs when the backend does not want an answer any more. */
    void onCancelled(Runnable action);
  }
}
