package dev.ostiary.server.operate;

import tools.jackson.databind.node.ObjectNode;

/** What came of a request, after the entries of its list if it has one. */
public sealed interface Answer {
  /**
   * It was done.
   *
   * @param outcome of the client that was added, {@code client} and {@code client_secret}; of one
   *     that was removed, {@code client} and {@code ended}, the number of its grants; of grants
   *     that were revoked, {@code revoked}, their number; of a key that was made, its entry; of a
   *     list, nothing
   */
  record Done(ObjectNode outcome) implements Answer {}

  /**
   * It was not done.
   *
   * @param status of HTTP
   * @param reason the rest of a sentence
   */
  record Refused(int status, String reason) implements Answer {}
}
