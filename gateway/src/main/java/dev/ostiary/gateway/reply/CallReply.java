package dev.ostiary.gateway.reply;

import dev.ostiary.gateway.stream.StreamTimeouts;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Scopes;
import java.util.concurrent.CompletionStage;

/** Where the answer to a call goes. Only the first answer counts. */
public interface CallReply {
  /** Answers with JSON-RPC; takes over the array. */
  void json(int status, byte[] json);

  /** Answers a message that asks for nothing: 202. */
  void accepted();

  /** Sends the client to sign in again: 401. */
  void signInAgain();

  /**
   * Sends the client to ask for more scopes, 403, if that would help: if some of these can be had
   * here and are not held. Otherwise it answers nothing.
   *
   * @return whether it has answered
   */
  boolean stepUp(Scopes wanted);

  /**
   * Answers with what another server said, whose header is fit for the client. A streamed body is
   * passed on as it comes, and ends when the access token or its grant does.
   *
   * @param timeouts how a streamed body is looked after
   * @param ended runs once when all of it has been passed on, or the rest is not wanted
   */
  void relay(Reply answer, StreamTimeouts timeouts, Runnable ended);

  /** The client has withdrawn its request: a stream that has begun ends without an answer. */
  default void unanswered() {}

  /**
   * Whether a call that found its connection closed, and may or may not have been done, may be sent
   * again. Does not block.
   */
  CompletionStage<Boolean> isRepeatable();

  /**
   * Runs the action when the call is given up before it is answered: its grant has ended or, in the
   * modern era, the client has disconnected. At once, if that has happened. The action must not
   * block.
   */
  void onCancel(Runnable action);
}
