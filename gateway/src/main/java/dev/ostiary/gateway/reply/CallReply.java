package dev.ostiary.gateway.reply;

import dev.ostiary.gateway.stream.StreamTimeouts;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.protocol.Scopes;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Where the answer to a call goes. Only the first answer counts. */
public interface CallReply {
  /** Answers with JSON-RPC; takes over the array. */
  void json(int status, byte[] json);

  /**
   * Answers in place of a backend that cannot be asked, or did not answer in a form that is any.
   *
   * @param id of the request; null if there is no one request
   * @param retryAfter when it may work again; null if that is not known
   */
  default void fail(
      int status, RpcError error, @Nullable RawJson id, @Nullable Duration retryAfter) {
    byte[] json = error.toJson(id);
    if (retryAfter == null) {
      json(status, json);
      return;
    }
    String seconds = Long.toString(Math.max(1, retryAfter.plusMillis(999).toSeconds()));
    Headers headers = Headers.of("Content-Type", "application/json", "Retry-After", seconds);
    relay(
        new Reply(status, headers, Body.of(json)),
        new StreamTimeouts(Duration.ZERO, Duration.ZERO),
        () -> {});
  }

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
