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

  /**
   * What a node has stored: at least fresh for as long as any document is, since how long its host
   * said is not stored.
   */
  static KnownDocument of(RegisteredClient stored) {
    return of(stored, stored.registeredAt().plus(Freshness.FLOOR), null);
  }

  /** This, or what a node has stored since. */
  KnownDocument orLater(RegisteredClient stored) {
    if (!client.registeredAt().isBefore(stored.registeredAt())) {
      return this;
    }
    KnownDocument other = of(stored);
    return stored.metadata().equals(client.metadata())
        ? of(stored, isFresh(other.freshUntil) ? freshUntil : other.freshUntil, entityTag)
        : other;
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

  KnownDocument confirmed(Instant now, Instant until) {
    return of(client.at(now), until, entityTag);
  }

  KnownDocument tried(Instant now) {
    return new KnownDocument(client, freshUntil, entityTag, now);
  }
}
