package dev.ostiary.server.operate;

import tools.jackson.databind.node.ObjectNode;

/** What is learned of a request before its answer. */
public interface Updates {
  /** An entry of a list. */
  void entry(ObjectNode entry);

  /** How many grants have been ended so far. */
  default void ended(long grants) {}

  /** How many bytes of a backup there are so far. */
  default void written(long bytes) {}
}
