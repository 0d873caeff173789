package dev.ostiary.http;

/**
 * One request on its way to one reply. The reply may come later and from another thread; whoever
 * works on it can learn that nobody waits any more.
 */
public interface Exchange {
  Request request();

  /** Answers. Only the first reply counts; a client that has gone away is answered in vain. */
  void reply(Reply reply);

  /**
   * Runs the action when the client goes away before it has the whole reply; at once, if it already
   * has. The action must not block.
   */
  void onAbort(Runnable action);
}
