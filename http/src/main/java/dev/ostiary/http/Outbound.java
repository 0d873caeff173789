package dev.ostiary.http;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * How Ostiary calls other servers. TLS certificates and host names are always verified. A call is
 * sent once; only a GET or HEAD that found a kept connection closed may be sent again.
 */
public interface Outbound extends AutoCloseable {
  /**
   * Sends a request. The future has the answer as soon as its head is there, with a streamed body;
   * cancelling it gives the call up. It fails with an {@link IOException} when the server cannot be
   * reached ({@link java.net.ConnectException}), answers too late ({@link
   * java.net.http.HttpTimeoutException}), or breaks the protocol or the connection.
   */
  CompletableFuture<Reply> send(Outgoing request);

  /**
   * Sends a request and waits for the whole answer.
   *
   * @param limit the largest content, in bytes, that is read; more is an {@link IOException}
   */
  default Reply exchange(Outgoing request, int limit) throws IOException {
    return WholeReply.await(send(request), limit, request.timeout());
  }

  @Override
  void close();
}
