package dev.ostiary.embed;

import dev.ostiary.authorization.AuthorizationServer;
import dev.ostiary.authorization.Dependencies;
import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether requests will be served: what a refresh has to write can be written, and so can audit
 * events, and what is kept of grants is fresh. Anybody may ask, so it is written at most once a
 * second. The keys were read when the server started.
 */
final class Readiness {
  private static final System.Logger LOG = System.getLogger(Ostiary.class.getName());
  private static final Duration WRITTEN = Duration.ofSeconds(1);

  private final Store store;
  private final AuditLog audit;
  private final AuthorizationServer authorization;
  private final InstantSource time;
  private Instant writtenAt = Instant.EPOCH;
  private @Nullable String trouble;
  private volatile boolean stopping;

  Readiness(Dependencies with, AuthorizationServer authorization) {
    this.store = with.store();
    this.audit = with.audit();
    this.authorization = authorization;
    this.time = with.time();
  }

  /** Why requests will not be served, if they will not. */
  Optional<String> obstacle() {
    return stopping ? Optional.of("this server is shutting down") : working();
  }

  /** From now on, requests go elsewhere. */
  void stop() {
    stopping = true;
  }

  private Optional<String> working() {
    return storage()
        .or(audit::trouble)
        .or(
            () ->
                authorization.isFresh()
                    ? Optional.empty()
                    : Optional.of("revocations have not been read for five seconds"))
        .or(authorization::clockSkew);
  }

  /** What is wrong though requests are served. */
  Optional<String> remark() {
    return authorization.clockDoubt().map(doubt -> doubt + ": nothing old is deleted");
  }

  private synchronized Optional<String> storage() {
    Instant now = time.instant();
    if (Duration.between(writtenAt, now).abs().compareTo(WRITTEN) >= 0) {
      String before = trouble;
      trouble = write();
      writtenAt = now;
      if (before != null && trouble == null) {
        LOG.log(System.Logger.Level.INFO, "ready again");
      }
    }
    return Optional.ofNullable(trouble);
  }

  private @Nullable String write() {
    try {
      store.ping();
      return null;
    } catch (StoreUnavailable failure) {
      if (!failure.reason().equals(trouble)) {
        LOG.log(System.Logger.Level.ERROR, "not ready: " + failure.reason(), failure);
      }
      return failure.reason();
    }
  }
}
