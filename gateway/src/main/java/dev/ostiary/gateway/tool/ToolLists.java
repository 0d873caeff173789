package dev.ostiary.gateway.tool;

import dev.ostiary.gateway.backend.Backend;
import dev.ostiary.gateway.backend.CallHead;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.policy.ReadOnlyHints;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.protocol.Subject;
import java.lang.System.Logger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The tools of one server, as its own {@code tools/list} has them. Where a backend knows who calls,
 * each user has a list of their own, and hints about one user's tools are not used for another's.
 * Calls that wait for the same list have it read once.
 */
public final class ToolLists {
  private static final int USERS = 1_000;

  private final Backend backend;
  private final boolean personally;
  private final Ticker ticker;
  private final Logger log;
  private final ReadOnlyHints shared = new ReadOnlyHints();
  private final Map<Subject, ReadOnlyHints> personal =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Subject, ReadOnlyHints> eldest) {
          return size() > USERS;
        }
      };
  private final ConcurrentMap<ReadOnlyHints, CompletableFuture<Outcome>> reading =
      new ConcurrentHashMap<>();

  public ToolLists(Backend backend, Policy policy, Ticker ticker, Logger log) {
    this.backend = backend;
    this.personally = policy.readOnly() && backend.isPersonal();
    this.ticker = ticker;
    this.log = log;
  }

  /** What came of reading a list. */
  public enum Outcome {
    READ,
    UNAVAILABLE,
    SIGN_IN_AGAIN
  }

  /** What is known of the tools that this caller may see. */
  public ReadOnlyHints hints(Caller caller) {
    if (!personally) {
      return shared;
    }
    synchronized (personal) {
      return personal.computeIfAbsent(caller.subject(), _ -> new ReadOnlyHints());
    }
  }

  /**
   * Reads the list, all pages of it. Does not block; the future may complete on any thread.
   *
   * @param call that has to be judged: the list is read for the same caller, in the same session
   */
  public CompletableFuture<Outcome> read(CallHead call) {
    ReadOnlyHints hints = hints(call.caller());
    CompletableFuture<Outcome> mine = new CompletableFuture<>();
    CompletableFuture<Outcome> other = reading.putIfAbsent(hints, mine);
    if (other != null) {
      return other;
    }
    var _ = mine.whenComplete((_, _) -> reading.remove(hints, mine));
    new ToolListReading(backend, call, hints, ticker, log, mine).begin();
    return mine;
  }
}
