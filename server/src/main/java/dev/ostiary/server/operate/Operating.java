package dev.ostiary.server.operate;

import java.io.IOException;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** A way to have one request done. */
public interface Operating extends AutoCloseable {
  /** Whether a server runs, and does it. */
  boolean byServer();

  /**
   * Has it done.
   *
   * @param entries is given the entries of a list as they come
   * @throws IOException if the server went away before it was done
   */
  Answer ask(OperatorRequest request, Consumer<ObjectNode> entries) throws IOException;

  @Override
  void close() throws IOException;
}
