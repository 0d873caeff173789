package dev.ostiary.gateway.bridge.legacy;

import dev.ostiary.gateway.peer.ChannelFailure;

/** Where the answer to one request goes, and what is said before it. Only the first end counts. */
interface Answering {
  /** Sends a message before the answer. Returns whether the client will get it. */
  boolean send(byte[] json);

  /** The end: the answer. */
  void answer(int status, byte[] json);

  /** The end: an error in place of the answer. */
  void fail(ChannelFailure failure);

  /** The end: the client does not want the answer any more. */
  void withdraw();
}
