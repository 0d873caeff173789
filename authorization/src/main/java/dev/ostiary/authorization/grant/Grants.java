package dev.ostiary.authorization.grant;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.store.ApprovalStore;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantFilter;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.ListedGrant;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.protocol.GrantId;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ends grants, with everything that follows: tokens, audit, caches, and the upstream's token. */
public final class Grants {
  private static final int PAGE = 200;

  private final GrantStore store;
  private final ApprovalStore approvals;
  private final AuditLog audit;
  private final List<RevocationListener> listeners;
  private final Consumer<UpstreamTokenId> unneeded;
  private final Executor background;

  private Grants(
      GrantStore store,
      ApprovalStore approvals,
      AuditLog audit,
      List<RevocationListener> listeners,
      Consumer<UpstreamTokenId> unneeded,
      Executor background) {
    this.store = store;
    this.approvals = approvals;
    this.audit = audit;
    this.listeners = List.copyOf(listeners);
    this.unneeded = unneeded;
    this.background = background;
  }

  /**
   * The one place where grants end.
   *
   * @param approvals of which those go that the person gave this client
   * @param listeners are told at once, such as a cache of verified access tokens
   * @param unneeded is told of an upstream token that one grant less rests on; it drops and revokes
   *     the token if that was the last one
   * @param background where that happens, since it calls the upstream
   */
  public static Grants of(
      GrantStore store,
      ApprovalStore approvals,
      AuditLog audit,
      List<RevocationListener> listeners,
      Consumer<UpstreamTokenId> unneeded,
      Executor background) {
    return new Grants(store, approvals, audit, listeners, unneeded, background);
  }

  /**
   * Ends every grant that is meant, in force or waiting for its code, a page at a time. Blocks.
   *
   * @param request the id of the request it happens in
   * @param progress is told after each page how many this call has ended so far; what it throws
   *     ends the work between two pages
   * @return how many this call ended
   */
  public int endAll(
      GrantFilter filter, EndReason reason, String request, Instant now, IntConsumer progress) {
    int ended = 0;
    Grant last = null;
    List<Grant> page;
    do {
      page = store.list(filter, last, PAGE, now).stream().map(ListedGrant::grant).toList();
      if (!page.isEmpty()) {
        last = page.getLast();
        ended += end(page, reason, request, now);
        progress.accept(ended);
      }
    } while (page.size() == PAGE);
    return ended;
  }

  /**
   * Ends a grant. Whatever the reason, the person is asked again before this client gets another.
   * Ending it twice is harmless. Blocks.
   *
   * @param request the id of the request it happens in
   * @return whether this call ended it
   */
  public boolean end(Grant grant, EndReason reason, String request, Instant now) {
    return end(List.of(grant), reason, request, now) == 1;
  }

  /** Two transactions, however many grants there are. */
  private int end(List<Grant> grants, EndReason reason, String request, Instant now) {
    approvals.forget(
        grants.stream()
            .map(grant -> new ApprovalStore.Approver(grant.subject(), grant.client()))
            .collect(Collectors.toSet()));
    Set<GrantId> ended =
        Set.copyOf(store.endAll(grants.stream().map(Grant::id).toList(), reason, now));
    Set<UpstreamTokenId> tokens = new LinkedHashSet<>();
    for (Grant grant : grants) {
      if (ended.contains(grant.id())) {
        audit.record(new AuditEvent.GrantEnded(now, request, grant.id(), reason));
        listeners.forEach(listener -> listener.ended(grant.id()));
        Stream.ofNullable(grant.upstreamToken()).forEach(tokens::add);
      }
    }
    tokens.forEach(token -> background.execute(() -> unneeded.accept(token)));
    return ended.size();
  }
}
