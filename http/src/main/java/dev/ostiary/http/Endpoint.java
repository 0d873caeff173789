package dev.ostiary.http;

/** One path and what it does. It says who may call it, and answers in one go. */
public interface Endpoint {
  Route route();

  Access access();

  /**
   * Answers. Runs on a virtual thread and may block; every refusal is a reply, not an exception.
   */
  Reply handle(Request request);
}
