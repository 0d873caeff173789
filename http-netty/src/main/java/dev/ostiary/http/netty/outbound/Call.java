package dev.ostiary.http.netty.outbound;

import dev.ostiary.http.ConnectRoute;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request to another server, until the head of its answer is there. */
final class Call {
  private final OutboundRequest request;
  private final Origin origin;
  private final @Nullable ConnectRoute way;
  private final CompletableFuture<Reply> answer = new CompletableFuture<>();
  private volatile @Nullable Channel channel;
  private volatile String host;

  /**
   * @param way to keep to; null if the name says where to connect
   */
  Call(OutboundRequest request, Origin origin, @Nullable ConnectRoute way, EventLoop timers) {
    this.request = request;
    this.origin = origin;
    this.way = way;
    this.host = origin.authority();
    Future<?> timer =
        timers.schedule(
            () -> fail(new HttpTimeoutException(origin + " did not answer in time")),
            request.timeout().toNanos(),
            TimeUnit.NANOSECONDS);
    CompletableFuture<Reply> _ =
        answer.whenComplete(
            (_, failure) -> {
              timer.cancel(false);
              if (failure != null) {
                giveUp();
              }
            });
  }

  OutboundRequest request() {
    return request;
  }

  Origin origin() {
    return origin;
  }

  @Nullable ConnectRoute way() {
    return way;
  }

  /** This call, with another value of {@code Host}. */
  Call naming(String other) {
    host = other;
    return this;
  }

  /** The value of {@code Host}. */
  String host() {
    return host;
  }

  CompletableFuture<Reply> answer() {
    return answer;
  }

  /** Whether sending it twice does what sending it once does, for certain (RFC 9110 §9.2.1). */
  boolean repeatable() {
    return request.method().equals("GET") || request.method().equals("HEAD");
  }

  /** Travels on this connection from here on, which ends if the call is given up. */
  void travelOn(Channel connection) {
    channel = connection;
    if (answer.isDone()) {
      giveUp();
    }
  }

  void fail(IOException failure) {
    answer.completeExceptionally(failure);
  }

  private void giveUp() {
    Channel open = channel;
    if (open != null) {
      var _ = open.close();
    }
  }
}
