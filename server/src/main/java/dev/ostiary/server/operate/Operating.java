package dev.ostiary.server.operate;

import java.io.IOException;

/** A way to have one request done. */
public interface Operating extends AutoCloseable {
  /** Whether a server runs, and does it. */
  boolean byServer();

  /**
   * Has it done.
   *
   * @param updates is given the entries of a list, and how far a long work is
   * @throws IOException if the server went away before it was done
   */
  Answer ask(OperatorRequest request, Updates updates) throws IOException;

  @Override
  void close() throws IOException;
}
