package dev.ostiary.http.netty;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many octets of request content may still be held, over all connections and for each account.
 * An account may take an eighth of all, but always one content as large as its request allows.
 */
final class ContentBudget {
  private static final int SHARES = 8;

  private final AtomicLong left;
  private final long share;
  private final ConcurrentHashMap<Object, Long> taken = new ConcurrentHashMap<>();

  ContentBudget(long octets) {
    this.left = new AtomicLong(octets);
    this.share = octets / SHARES;
  }

  /**
   * @param least what the account may take in any case, if there is as much
   */
  boolean take(Object account, long octets, long least) {
    if (left.addAndGet(-octets) < 0) {
      left.addAndGet(octets);
      return false;
    }
    long most = Math.max(share, least);
    boolean[] fits = {true};
    taken.compute(
        account,
        (_, before) -> {
          long after = (before == null ? 0 : before) + octets;
          fits[0] = after <= most;
          return fits[0] ? (Long) after : before;
        });
    if (!fits[0]) {
      left.addAndGet(octets);
    }
    return fits[0];
  }

  void give(Object account, long octets) {
    left.addAndGet(octets);
    taken.computeIfPresent(account, (_, before) -> before > octets ? before - octets : null);
  }

  /** How many accounts hold something. */
  int accounts() {
    return taken.size();
  }
}
