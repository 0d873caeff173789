package dev.ostiary.authorization.client.document;

import dev.ostiary.authorization.store.RegisteredClient;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A document that was fetched and is good.
 *
 * @param freshUntil when its host should be asked again
 * @param entityTag to ask with; null if it has none
 * @param triedAt when its host was last asked in vain; null if that has not happened since
 */
record KnownDocument(
    RegisteredClient client,
    Instant freshUntil,
    @Nullable String entityTag,
    @Nullable Instant triedAt) {
  static KnownDocument of(RegisteredClient client, Instant freshUntil, @Nullable String entityTag) {
    return new KnownDocument(client, freshUntil, entityTag, null);
  }

  boolean isFresh(Instant now) {
    return now.isBefore(freshUntil);
  }

  /** Whether it will do while its host is down. */
  boolean standsIn(Duration staleFor, Instant now) {
    return now.isBefore(freshUntil.plus(staleFor));
  }

  /** Whether its host need not be asked yet by those who can do without an answer. */
  boolean rests(Instant now) {
    return isFresh(now) || (triedAt != null && now.isBefore(triedAt.plus(Freshness.FLOOR)));
  }

  KnownDocument confirmed(Instant until) {
    return of(client, until, entityTag);
  }

  KnownDocument tried(Instant now) {
    return new KnownDocument(client, freshUntil, entityTag, now);
  }
}
