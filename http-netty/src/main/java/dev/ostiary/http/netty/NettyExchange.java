package dev.ostiary.http.netty;

import dev.ostiary.http.Body;
import dev.ostiary.http.ContentLimit;
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

  private final AssembledRequest arrived;
  private final EventLoop loop;
  private final BiConsumer<NettyExchange, Reply> writer;
  private final AtomicBoolean replied = new AtomicBoolean();
  private final List<Runnable> actions = new ArrayList<>();
  private State state = State.OPEN;

  NettyExchange(AssembledRequest arrived, EventLoop loop, BiConsumer<NettyExchange, Reply> writer) {
    this.arrived = arrived;
    this.loop = loop;
    this.writer = writer;
  }

  /** Releases a reply that will not be sent. */
  static void discard(Reply reply) {
    if (reply.body() instanceof Body.Streamed streamed) {
      streamed.discard();
    }
  }

  AssembledRequest arrived() {
    return arrived;
  }

  /** Does what the service has to do; if that fails, it is our fault. */
  void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error failure) {
      LOG.log(Level.ERROR, "Request " + request() + " failed", failure);
      reply(Reply.of(500).with("X-Request-Id", request().id()));
    }
  }

  @Override
  public Request request() {
    return arrived.request();
  }

  @Override
  public void reply(Reply reply) {
    if (!replied.compareAndSet(false, true)) {
      discard(reply);
    } else if (!onLoop(() -> write(reply))) {
      discard(reply);
    }
  }

  private void write(Reply reply) {
    writer.accept(this, reply);
    synchronized (actions) {
      if (state == State.OPEN) {
        return;
      }
    }
    arrived.incoming().release(); // it went on although its client had gone
  }

  @Override
  public void read(ContentLimit limit, Content content) {
    var _ = onLoop(() -> arrived.incoming().read(limit, new Guarded(content)));
  }

  /** Whether the loop still runs. */
  private boolean onLoop(Runnable work) {
    if (loop.inEventLoop()) {
      work.run();
      return true;
    }
    try {
      loop.execute(work);
      return true;
    } catch (RejectedExecutionException stopped) {
      return false;
    }
  }

  /** What comes out of it is our fault, too. */
  private final class Guarded implements Content {
    private final Content inner;

    Guarded(Content inner) {
      this.inner = inner;
    }

    @Override
    public void arrived(Body.Whole whole) {
      run(() -> inner.arrived(whole));
    }

    @Override
    public void refused(Reply reply) {
      run(() -> inner.refused(reply));
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
    runAction(action);
  }

  /** The client has the whole reply. */
  void answered() {
    end(State.ANSWERED);
    arrived.incoming().release();
  }

  /** The client has gone. Who is not told of it works on, and needs the content until the reply. */
  void aborted() {
    List<Runnable> told = end(State.ABORTED);
    if (replied.get() || !told.isEmpty()) {
      arrived.incoming().release();
    }
    told.forEach(this::runAction);
  }

  private List<Runnable> end(State end) {
    synchronized (actions) {
      List<Runnable> registered = List.copyOf(actions);
      actions.clear();
      state = end;
      return registered;
    }
  }

  private void runAction(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException failure) {
      LOG.log(Level.ERROR, "What follows the end of request " + request() + " failed", failure);
    }
  }
}
