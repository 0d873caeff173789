package dev.ostiary.gateway;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.peer.Channel;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.mcp.rpc.RpcMessage;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Keeps what a channel tells, as one line each. */
final class RecordingListener implements Channel.Listener {
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private volatile @Nullable ChannelFailure failure;

  /** The next line has to be this one. */
  void next(String line) {
    assertThat(next()).isEqualTo(line);
  }

  @Nullable ChannelFailure nextFailure() {
    next();
    return failure;
  }

  private @Nullable String next() {
    try {
      return lines.poll(10, SECONDS);
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  @Override
  public void received(RpcMessage message, long about) {
    lines.add(
        about
            + " "
            + switch (message) {
              case RpcMessage.Request request -> request.method();
              case RpcMessage.Notification notification -> notification.method();
              case RpcMessage.Result result -> "result " + result.id();
              case RpcMessage.Failure failed -> "error " + failed.code();
            });
  }

  @Override
  public void failed(long request, ChannelFailure why) {
    failure = why;
    lines.add(request + " " + word(why));
  }

  @Override
  public void closed(ChannelFailure why) {
    failure = why;
    lines.add("closed " + word(why));
  }

  private static String word(ChannelFailure why) {
    return switch (why) {
      case ChannelFailure.SignInAgain _ -> "sign in again";
      case ChannelFailure.Answered _ -> "answered";
      case ChannelFailure.Ended _ -> "ended";
      case ChannelFailure.Unavailable(int status, _, _, _) -> "unavailable " + status;
    };
  }
}
