package dev.ostiary.server.audit;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditEvent.AccessTokenRevoked;
import dev.ostiary.authorization.audit.AuditEvent.CallRefused;
import dev.ostiary.authorization.audit.AuditEvent.ClientAdded;
import dev.ostiary.authorization.audit.AuditEvent.ClientRemoved;
import dev.ostiary.authorization.audit.AuditEvent.CodeRedeemed;
import dev.ostiary.authorization.audit.AuditEvent.CodeReplayed;
import dev.ostiary.authorization.audit.AuditEvent.ConsentRemembered;
import dev.ostiary.authorization.audit.AuditEvent.DataKeyRotated;
import dev.ostiary.authorization.audit.AuditEvent.EventsOmitted;
import dev.ostiary.authorization.audit.AuditEvent.GrantCreated;
import dev.ostiary.authorization.audit.AuditEvent.GrantEnded;
import dev.ostiary.authorization.audit.AuditEvent.RefreshRepeated;
import dev.ostiary.authorization.audit.AuditEvent.RefreshReused;
import dev.ostiary.authorization.audit.AuditEvent.RefreshRotated;
import dev.ostiary.authorization.audit.AuditEvent.SigningKeyRotated;
import dev.ostiary.authorization.audit.AuditEvent.StoreBackedUp;
import dev.ostiary.authorization.audit.AuditEvent.StoreRestored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many events are written of what anybody can bring about without signing in, such as refused
 * requests: of each kind so many in ten minutes, and then their number. Otherwise somebody fills
 * the disk with them. What a grant or the operator stands behind is written always.
 */
final class EventBudget {
  /** Of each kind in each period: one a second in the long run. */
  static final int MOST = 600;

  private static final Duration PERIOD = Duration.ofMinutes(10);

  private final SortedMap<String, Integer> written = new TreeMap<>();
  private final SortedMap<String, Long> omitted = new TreeMap<>();
  private Instant begin = Instant.EPOCH;
  private Instant last = Instant.EPOCH;

  /** What is to be written when this event happens: what was omitted before it, and it itself. */
  synchronized List<AuditEvent> admitted(AuditEvent event) {
    last = event.at();
    List<AuditEvent> admitted = new ArrayList<>();
    if (Duration.between(begin, last).abs().compareTo(PERIOD) >= 0) {
      admitted.addAll(omitted());
      written.clear();
      begin = last;
    }
    String kind = AuditLine.name(event);
    if (isStoodFor(event) || written.merge(kind, 1, Integer::sum) <= MOST) {
      admitted.add(event);
    } else {
      omitted.merge(kind, 1L, Long::sum);
    }
    return admitted;
  }

  /** How many events were omitted since this was told last. */
  synchronized List<AuditEvent> omitted() {
    List<AuditEvent> told = new ArrayList<>();
    omitted.forEach(
        (kind, count) -> told.add(new AuditEvent.EventsOmitted(last, "-", kind, count)));
    omitted.clear();
    return told;
  }

  private static boolean isStoodFor(AuditEvent event) {
    return switch (event) {
      case ClientAdded _,
          ClientRemoved _,
          SigningKeyRotated _,
          DataKeyRotated _,
          StoreBackedUp _,
          StoreRestored _,
          ConsentRemembered _,
          GrantCreated _,
          CodeRedeemed _,
          CodeReplayed _,
          RefreshRotated _,
          RefreshRepeated _,
          RefreshReused _,
          GrantEnded _,
          AccessTokenRevoked _,
          CallRefused _, // counted where they happen
          EventsOmitted _ ->
          true;
      default -> false;
    };
  }
}
