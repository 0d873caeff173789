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
   * reached ({@link java.net.ConnectException}) or not in time ({@link
   * java.net.http.HttpConnectTimeoutException}), so that nothing of the request was sent; when it
   * answers too late ({@link java.net.http.HttpTimeoutException}), or breaks the protocol or the
   * connection; with {@link StaleConnection} if that was one from an earlier call.
   */
  CompletableFuture<Reply> send(OutboundRequest request);

  /** Sends a request on a new connection, where that can be chosen. */
  default CompletableFuture<Reply> sendAnew(OutboundRequest request) {
    return send(request);
  }

  /**
   * Sends a request over https on this way and no other, on a connection of its own. The server
   * still proves that it is the one that the address names. An implementation that cannot keep to
   * the way refuses, as this does: the future fails and nothing is sent.
   */
  default CompletableFuture<Reply> send(OutboundRequest request, ConnectRoute way) {
    return CompletableFuture.failedFuture(
        new IOException("these outbound calls cannot be told where to connect"));
  }

  /**
   * Sends a request and waits for the whole answer.
   *
   * @param limit the largest content, in bytes, that is read; more is an {@link IOException}
   */
  default Reply exchange(OutboundRequest request, int limit) throws IOException {
    return WholeReply.await(send(request), limit, request.timeout());
  }

  @Override
  void close();
}
