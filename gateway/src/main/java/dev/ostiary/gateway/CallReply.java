package dev.ostiary.gateway;

/** Where the answer to a call goes. Only the first answer counts. */
public interface CallReply {
  /** Answers with JSON-RPC; takes over the array. */
  void json(int status, byte[] json);

  /** Answers a message that asks for nothing: 202. */
  void accepted();

  /** Sends the client to sign in again: 401. */
  void signInAgain();

  /**
   * Runs the action when the call is given up before it is answered: its grant has ended or, in the
   * modern era, nobody waits for the answer any more. At once, if that has happened. The action
   * must not block.
   */
  void onGivenUp(Runnable action);
}
