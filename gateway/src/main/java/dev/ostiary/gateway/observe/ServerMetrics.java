package dev.ostiary.gateway.observe;

import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.stream.TappedBody;
import dev.ostiary.gateway.stream.Termination;
import dev.ostiary.mcp.ListFilter;
import dev.ostiary.mcp.Message.WellFormed;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Reports the calls to one server to the observer. */
public final class ServerMetrics {
  private final String server;
  private final GatewayObserver observer;
  private final KnownNames names;

  /**
   * @param server its name
   * @param policy whose tools are known from the start
   */
  public ServerMetrics(String server, Policy policy, GatewayObserver observer) {
    this.server = server;
    this.observer = observer;
    this.names = new KnownNames(policy);
  }

  /** An access token came, and was known to be good or was not. */
  public void tokenLookedUp(boolean known) {
    observer.tokenLookedUp(known);
  }

  /** A message that was admitted just now. */
  public CallMetrics call(WellFormed message) {
    return observer.watchesCalls()
        ? new Watching(
            KnownNames.method(message), names.tool(message), names.listener(message).orElse(null))
        : CallMetrics.NONE;
  }

  /**
   * A GET or DELETE that was admitted just now.
   *
   * @param method of HTTP
   */
  public CallMetrics listening(String method) {
    return observer.watchesCalls()
        ? new Watching(KnownNames.listening(method), "", null)
        : CallMetrics.NONE;
  }

  /** One call. */
  private final class Watching implements CallMetrics {
    private final String method;
    private final String tool;
    private final @Nullable ListFilter listener;
    private final long admitted = System.nanoTime();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean streaming;
    private volatile int status;

    Watching(String method, String tool, @Nullable ListFilter listener) {
      this.method = method;
      this.tool = tool;
      this.listener = listener;
    }

    @Override
    public void answer(byte[] json) {
      if (listener != null) {
        var _ = listener.apply(json);
      }
    }

    @Override
    public Flow.Publisher<ByteBuffer> answer(Flow.Publisher<ByteBuffer> body, boolean events) {
      return listener == null ? body : new TappedBody(body, events, this::answer);
    }

    @Override
    public void begun(int answered, boolean events) {
      status = answered;
      streaming = events;
      if (events) {
        observer.streamOpened(server);
      }
    }

    @Override
    public void done(@Nullable Termination early) {
      if (streaming) {
        observer.streamClosed(server);
      }
      ended(outcome(early));
    }

    private CallOutcome outcome(@Nullable Termination early) {
      return switch (early) {
        case null -> CallOutcome.of(status);
        case UNAUTHORIZED, STOPPING -> CallOutcome.REFUSED;
        case CANCELLED -> CallOutcome.ABANDONED;
        case IDLE -> {
          observer.backendFailed(server, BackendFailure.SILENT);
          yield CallOutcome.FAILED;
        }
        case BROKEN, UNANSWERED -> {
          observer.backendFailed(server, BackendFailure.BROKEN_OFF);
          yield CallOutcome.FAILED;
        }
      };
    }

    @Override
    public void ended(CallOutcome outcome) {
      if (!ended.getAndSet(true)) {
        observer.callEnded(server, method, tool, outcome, System.nanoTime() - admitted);
      }
    }
  }
}
