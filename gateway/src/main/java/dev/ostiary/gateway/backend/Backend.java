package dev.ostiary.gateway.backend;

import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.protocol.GrantId;
import java.util.Optional;

/** What is behind the gateway: it gets calls that may be made, and says what comes of them. */
public interface Backend {
  /**
   * Takes up a call. Called on an event loop, so it must not block; it answers once, now or later.
   *
   * @throws java.util.concurrent.RejectedExecutionException if it can take no more calls now
   */
  void take(AdmittedCall call, CallReply reply);

  /** Whether what it answers may be for one user alone, so that no cache may keep it for others. */
  default boolean isPersonal() {
    return false;
  }

  /**
   * What it makes of sessions, GET and DELETE, if it is another server that answers for the
   * revision of a conversation; empty if it is in this process, and knows none of them.
   */
  default Optional<SessionBackend> sessions() {
    return Optional.empty();
  }

  /** This grant has ended: what is kept for it alone is not needed any more. Must not block. */
  default void ended(GrantId grant) {}
}
