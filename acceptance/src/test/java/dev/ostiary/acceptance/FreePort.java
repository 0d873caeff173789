package dev.ostiary.acceptance;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port of loopback for a process that will listen there in a moment. It is below those that the
 * system gives to outgoing connections, which might take it in between.
 */
final class FreePort {
  private static final int FIRST = 15_000;
  private static final int LAST = 32_000;

  private FreePort() {}

  static int find() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (BindException taken) {
        // Then another one.
      }
    }
  }
}
