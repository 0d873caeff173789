package dev.ostiary.gateway;

/** What is behind the gateway: it gets calls that may be made, and says what comes of them. */
public interface Backend {
  /**
   * Takes up a call. Called on an event loop, so it must not block; it answers once, now or later.
   *
   * @throws java.util.concurrent.RejectedExecutionException if it can take no more calls now
   */
  void take(AdmittedCall call, CallReply reply);
}
