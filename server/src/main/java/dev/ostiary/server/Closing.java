package dev.ostiary.server;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has to be closed, the last first. One that cannot be is logged, and the rest is closed. */
final class Closing implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Closing.class.getName());

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T part) {
    open.push(part);
    return part;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      AutoCloseable part = open.pop();
      try {
        part.close();
      } catch (Exception failure) {
        LOG.log(System.Logger.Level.ERROR, "cannot close " + part, failure);
      }
    }
  }
}
