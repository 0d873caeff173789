package dev.ostiary.http.netty;

import dev.ostiary.http.Body;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import io.netty.channel.EventLoop;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/** One request of a connection. Its first reply is written on the connection's event loop. */
final class NettyExchange implements Exchange {
  private static final System.Logger LOG = System.getLogger(NettyExchange.class.getName());

  private enum State {
    OPEN,
    ANSWERED,
    ABORTED
  }

  private final Arrived arrived;
  private final EventLoop loop;
  private final BiConsumer<NettyExchange, Reply> writer;
  private final AtomicBoolean replied = new AtomicBoolean();
  private final List<Runnable> actions = new ArrayList<>();
  private State state = State.OPEN;

  NettyExchange(Arrived arrived, EventLoop loop, BiConsumer<NettyExchange, Reply> writer) {
    this.arrived = arrived;
    this.loop = loop;
    this.writer = writer;
  }

  /** Lets go of a reply that nobody will read. */
  static void discard(Reply reply) {
    if (reply.body() instanceof Body.Streamed streamed) {
      streamed.discard();
    }
  }

  Arrived arrived() {
    return arrived;
  }

  @Override
  public Request request() {
    return arrived.request();
  }

  @Override
  public void reply(Reply reply) {
    if (!replied.compareAndSet(false, true)) {
      discard(reply);
    } else if (loop.inEventLoop()) {
      writer.accept(this, reply);
    } else {
      try {
        loop.execute(() -> writer.accept(this, reply));
      } catch (RejectedExecutionException stopped) {
        discard(reply);
      }
    }
  }

  @Override
  public void onAbort(Runnable action) {
    synchronized (actions) {
      if (state == State.OPEN) {
        actions.add(action);
        return;
      }
      if (state == State.ANSWERED) {
        return;
      }
    }
    run(action);
  }

  /** The client has the whole reply. */
  void answered() {
    end(State.ANSWERED);
  }

  /** The client has gone. */
  void aborted() {
    end(State.ABORTED).forEach(this::run);
  }

  private List<Runnable> end(State end) {
    synchronized (actions) {
      List<Runnable> registered = List.copyOf(actions);
      actions.clear();
      state = end;
      return registered;
    }
  }

  private void run(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException failure) {
      LOG.log(Level.ERROR, "What follows the end of request " + request() + " failed", failure);
    }
  }
}
