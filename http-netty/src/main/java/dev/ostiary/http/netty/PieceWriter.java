package dev.ostiary.http.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a streamed body piece by piece, each at once. It asks for the next piece only while the
 * client takes what was written, and never writes more than was announced.
 */
final class PieceWriter implements Flow.Subscriber<ByteBuffer> {
  private static final System.Logger LOG = System.getLogger(PieceWriter.class.getName());

  private final Channel channel;
  private final StallWatch stall;
  private final Consumer<ChannelFuture> finish;
  private final AtomicInteger queued = new AtomicInteger();
  private long left;
  private Flow.@Nullable Subscription subscription;
  private boolean asked;
  private boolean asking;
  private boolean ended;

  /**
   * @param length announced, or {@link ReplyHead#UNTOLD}
   * @param finish gets the last write
   */
  PieceWriter(Channel channel, StallWatch stall, long length, Consumer<ChannelFuture> finish) {
    this.channel = channel;
    this.stall = stall;
    this.left = length;
    this.finish = finish;
  }

  @Override
  public void onSubscribe(Flow.Subscription made) {
    onLoop(
        () -> {
          subscription = made;
          if (ended) {
            made.cancel();
          } else {
            pull();
          }
        });
  }

  @Override
  public void onNext(ByteBuffer piece) {
    onLoop(() -> write(piece));
  }

  @Override
  public void onError(Throwable failure) {
    onLoop(
        () -> {
          if (!ended) {
            LOG.log(Level.DEBUG, "A streamed reply broke off", failure);
            breakOff();
          }
        });
  }

  @Override
  public void onComplete() {
    onLoop(this::complete);
  }

  /** Asks for a piece, if the client takes more and none is on its way. */
  void pull() {
    if (asking) {
      return;
    }
    asking = true;
    // A producer that answers at once comes back here: it finds the flag, and the loop goes on.
    while (!ended && !asked && subscription != null && channel.isWritable()) {
      asked = true;
      subscription.request(1);
    }
    asking = false;
    if (!ended && !channel.isWritable()) {
      stall.watch();
    }
  }

  /** Stops: the client has gone, or the content cannot be sent to its end. */
  void gone() {
    ended = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }

  private void write(ByteBuffer piece) {
    asked = false;
    if (ended) {
      return;
    }
    if (left != ReplyHead.UNTOLD) {
      if (piece.remaining() > left) {
        LOG.log(Level.WARNING, "A streamed reply was longer than it had announced");
        breakOff();
        return;
      }
      left -= piece.remaining();
    }
    if (piece.hasRemaining()) {
      channel
          .writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(piece)))
          .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }
    pull();
  }

  private void complete() {
    if (ended) {
      return;
    }
    if (left > 0) {
      LOG.log(Level.WARNING, "A streamed reply was shorter than it had announced");
      breakOff();
      return;
    }
    ended = true;
    finish.accept(channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
  }

  /** Closes without the end of the content, so that the client notices. */
  private void breakOff() {
    gone();
    var _ = channel.close();
  }

  /** Runs on the event loop, in the order of the calls whichever thread they come from. */
  private void onLoop(Runnable signal) {
    if (channel.eventLoop().inEventLoop() && queued.get() == 0) {
      signal.run();
      return;
    }
    queued.incrementAndGet();
    try {
      channel
          .eventLoop()
          .execute(
              () -> {
                queued.decrementAndGet();
                signal.run();
              });
    } catch (RejectedExecutionException stopped) {
      LOG.log(Level.DEBUG, "A streamed reply outlived its event loop");
    }
  }
}
