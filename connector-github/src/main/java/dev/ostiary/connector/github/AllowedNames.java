package dev.ostiary.connector.github;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.store.UpstreamNameStore;
import dev.ostiary.authorization.store.UpstreamNameStore.Kind;
import dev.ostiary.authorization.store.UpstreamNameStore.Name;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the names on allow lists mean. A login or an organization that is renamed or deleted leaves
 * its name to another account later, so a name means the account that had it when it was first
 * seen, and never another.
 */
final class AllowedNames {
  private static final System.Logger LOG = System.getLogger(AllowedNames.class.getName());
  private static final String UPSTREAM = "github";

  /** The request in whose course a change is noticed: it may be none. */
  private static final String NO_REQUEST = "-";

  private final UpstreamNameStore store;
  private final AuditLog audit;
  private final InstantSource time;
  private final Map<Name, Long> known = new ConcurrentHashMap<>();

  AllowedNames(UpstreamNameStore store, AuditLog audit, InstantSource time) {
    this.store = store;
    this.audit = audit;
    this.time = time;
  }

  /** The id that a name stands for, if it was ever seen. */
  OptionalLong find(Kind kind, String listed) {
    Name name = name(kind, listed);
    Long id = known.get(name);
    if (id == null) {
      id = store.find(name).map(Long::valueOf).orElse(null);
    }
    if (id == null) {
      return OptionalLong.empty();
    }
    known.put(name, id);
    return OptionalLong.of(id);
  }

  /** Whether a name stands for the account that has it now. One that was never seen does. */
  boolean means(Kind kind, String listed, long id) {
    Name name = name(kind, listed);
    OptionalLong before = find(kind, listed);
    long kept =
        before.isPresent()
            ? before.getAsLong()
            : Long.parseLong(store.keep(name, Long.toString(id), time.instant()));
    known.put(name, kept);
    if (kept != id) {
      changed(name, kept, id);
    }
    return kept == id;
  }

  private void changed(Name name, long was, long is) {
    LOG.log(
        System.Logger.Level.WARNING,
        "{0} {1} on an allow list was account {2} and belongs to account {3} now, which is not let"
            + " in; if it is meant, write id:{3} for a user, or the new name of the organization",
        name.kind().name().toLowerCase(Locale.ROOT),
        name.name(),
        Long.toString(was),
        Long.toString(is));
    audit.record(
        new AuditEvent.AllowedNameChanged(
            time.instant(),
            NO_REQUEST,
            name.kind(),
            name.name(),
            Long.toString(was),
            Long.toString(is)));
  }

  private static Name name(Kind kind, String listed) {
    return new Name(UPSTREAM, kind, listed.toLowerCase(Locale.ROOT));
  }
}
